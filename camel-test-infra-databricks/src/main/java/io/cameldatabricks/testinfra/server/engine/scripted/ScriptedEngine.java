/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.cameldatabricks.testinfra.server.engine.scripted;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.cameldatabricks.testinfra.server.engine.EngineSession;
import io.cameldatabricks.testinfra.server.engine.ResultFormat;
import io.cameldatabricks.testinfra.server.engine.SessionSettings;
import io.cameldatabricks.testinfra.server.engine.SqlEngine;
import io.cameldatabricks.testinfra.server.model.ServerClock;
import io.cameldatabricks.testinfra.server.volume.VolumeFolders;

/**
 * Answers statements from scripts; the newest that fits wins. Knows {@code SELECT 1} by itself, and fails what it does not
 * know. A statement that takes time waits on the server's clock and holds no thread.
 */
public final class ScriptedEngine implements SqlEngine {

    private final ServerClock clock;
    private final ScriptedVolumes volumes;
    private final List<ScriptedAnswer> answers = new CopyOnWriteArrayList<>();
    private final ScriptedAnswer one = ScriptedAnswer.ofOne();

    /** @param folder where the files of its volumes go */
    public ScriptedEngine(ServerClock clock, Path folder) {
        this.clock = clock;
        this.volumes = new ScriptedVolumes(folder);
    }

    public void add(ScriptedAnswer answer) {
        answers.add(0, answer);
    }

    /** Forgets every script. */
    public void clear() {
        answers.clear();
    }

    /** @return null when no script fits */
    ScriptedAnswer find(String sql) {
        for (ScriptedAnswer answer : answers) {
            if (answer.matches(sql) && answer.use()) {
                return answer;
            }
        }
        return one.matches(sql) ? one : null;
    }

    @Override
    public EngineSession openSession(SessionSettings settings) {
        return new ScriptedSession(this, clock);
    }

    @Override
    public ResultFormat formatFor(ResultFormat wanted) {
        return ResultFormat.JSON_ARRAY;
    }

    @Override
    public VolumeFolders volumes() {
        return volumes;
    }

    @Override
    public void close() {
        answers.clear();
    }
}
