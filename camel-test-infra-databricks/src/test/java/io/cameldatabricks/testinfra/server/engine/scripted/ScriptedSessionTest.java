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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.testinfra.server.engine.EngineSession;
import io.cameldatabricks.testinfra.server.engine.EngineStatement;
import io.cameldatabricks.testinfra.server.engine.ResultColumn;
import io.cameldatabricks.testinfra.server.engine.ResultFormat;
import io.cameldatabricks.testinfra.server.engine.ResultSink;
import io.cameldatabricks.testinfra.server.engine.SessionSettings;
import io.cameldatabricks.testinfra.server.engine.StatementOutcome;
import io.cameldatabricks.testinfra.server.model.ServerClock;

import static org.assertj.core.api.Assertions.assertThat;

class ScriptedSessionTest {

    private static final ResultSink NOWHERE = new ResultSink() {
        @Override
        public void begin(List<ResultColumn> columns) {}

        @Override
        public void chunk(byte[] payload, long rows) {}
    };

    private final ServerClock clock = new ServerClock(Runnable::run);
    private EngineSession session;

    @BeforeEach
    void open(@TempDir Path folder) {
        ScriptedEngine engine = new ScriptedEngine(clock, folder);
        engine.add(ScriptedAnswer.parse(Map.of("statement", List.of("SELECT slow"), "duration", List.of("PT30S"))));
        session = engine.openSession(SessionSettings.defaults());
    }

    @AfterEach
    void close() {
        session.close();
        clock.close();
    }

    @Test
    void shouldTakeTheTimeOfTheScript() {
        CompletableFuture<StatementOutcome> end = start(clock.instant());

        clock.advance(Duration.ofSeconds(29));
        assertThat(end).isNotDone();
        clock.advance(Duration.ofSeconds(2));
        assertThat(end).isCompleted();
    }

    /** The submit is answered before the statement starts; who turns the clock in between waits for nothing. */
    @Test
    void shouldCountFromItsAdmission() {
        Instant admitted = clock.instant();
        clock.advance(Duration.ofMinutes(1));

        assertThat(start(admitted)).isCompleted();
    }

    private CompletableFuture<StatementOutcome> start(Instant admitted) {
        EngineStatement statement = new EngineStatement(
                "id", "SELECT slow", List.of(), null, null, ResultFormat.JSON_ARRAY, 0, 0, 1000, 1 << 20);
        return session.start(statement, NOWHERE, admitted).toCompletableFuture();
    }
}
