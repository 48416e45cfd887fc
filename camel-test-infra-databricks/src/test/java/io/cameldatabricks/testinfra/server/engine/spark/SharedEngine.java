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
package io.cameldatabricks.testinfra.server.engine.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.EngineSession;
import io.cameldatabricks.testinfra.server.engine.SessionSettings;
import io.cameldatabricks.testinfra.server.engine.SqlEngine;

/** One engine for all test classes, because a JVM can hold only one and its start takes seconds. */
final class SharedEngine {

    private static Path folder;
    private static SqlEngine engine;

    private SharedEngine() {}

    static synchronized SqlEngine get() {
        if (engine == null) {
            if (folder == null) {
                folder = temporaryFolder();
                Runtime.getRuntime().addShutdownHook(new Thread(SharedEngine::end));
            }
            engine = SparkEngine.start(folder);
        }
        return engine;
    }

    static synchronized Path folder() {
        get();
        return folder;
    }

    /** Stops the engine and starts it again on the same folder. */
    static synchronized SqlEngine restart() {
        get().close();
        engine = null;
        return get();
    }

    private static synchronized void end() {
        if (engine != null) {
            engine.close();
        }
        try (var paths = Files.walk(folder)) {
            paths.sorted(java.util.Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // a temporary folder that stays is no harm
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("spark-engine-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestSession session() {
        return session(SessionSettings.defaults());
    }

    static TestSession session(SessionSettings settings) {
        try {
            EngineSession session = get().openSession(settings);
            return new TestSession(session);
        } catch (EngineException e) {
            throw new AssertionError(e);
        }
    }
}
