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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.EngineStatement;

import static io.cameldatabricks.testinfra.server.engine.spark.TestSession.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

class CancelTest {

    private static final String ENDLESS = "SELECT count(*) AS n FROM range(1000000) a CROSS JOIN range(1000000) b";

    private static TestSession session;
    private static ExecutorService threads;

    @BeforeAll
    static void open() {
        session = SharedEngine.session();
        threads = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void close() {
        session.close();
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ENDLESS,
                "SELECT a.id FROM range(100000) a CROSS JOIN range(1000000) b",
                "CREATE TABLE never_made AS " + ENDLESS,
                "BEGIN DECLARE i INT DEFAULT 0; WHILE true DO SET i = i + 1; END WHILE; END"
            })
    void shouldStopARunningStatement(String sql) throws Exception {
        EngineStatement statement = statement(sql);
        Future<EngineException> running = threads.submit(() -> catchThrowableOfType(
                EngineException.class, () -> session.engineSession().execute(statement, new DiscardedResult())));
        await().pollDelay(Duration.ofMillis(700)).until(() -> true);
        assertThat(running.isDone()).isFalse();
        session.engineSession().cancel(statement.id());
        EngineException failure = running.get(20, TimeUnit.SECONDS);
        assertThat(failure.canceled()).isTrue();
        assertThat(session.value("SELECT 1")).isEqualTo("1");
    }

    @Test
    void shouldStopWhatRunsInAClosedSession() throws Exception {
        TestSession own = SharedEngine.session();
        Future<EngineException> running = threads.submit(() -> own.failure(ENDLESS));
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        own.close();
        assertThat(running.get(20, TimeUnit.SECONDS).canceled()).isTrue();
    }

    @Test
    void shouldIgnoreTheCancelOfAnUnknownOrEndedStatement() throws Exception {
        EngineStatement statement = statement("SELECT 1");
        session.run(statement);
        session.engineSession().cancel(statement.id());
        session.engineSession().cancel("unknown");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(session.value("SELECT 2")).isEqualTo("2");
    }

    @Test
    void shouldEnforceTheStatementTimeout() {
        try (TestSession own = SharedEngine.session()) {
            own.run("SET STATEMENT_TIMEOUT = 1");
            Instant start = Instant.now();
            EngineException failure = own.failure(ENDLESS);
            assertThat(failure.canceled()).isFalse();
            assertThat(failure.sqlState()).isEqualTo("57KD0");
            assertThat(failure.getMessage())
                    .startsWith("[QUERY_EXECUTION_TIMEOUT_EXCEEDED]")
                    .contains("(1s)");
            assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(990));
            assertThat(own.failure("SET STATEMENT_TIMEOUT = soon").sqlState()).isEqualTo("22022");
        }
    }

    @Test
    void shouldCountWhatEachOfEightConcurrentWritersWrote() throws Exception {
        List<Callable<String>> writers = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            int rows = i * 100;
            session.run("CREATE OR REPLACE TABLE concurrent_" + i + " (id BIGINT)");
            String insert = "INSERT INTO concurrent_" + i + " SELECT id FROM range(" + rows + ")";
            writers.add(() -> session.rows(insert).get(0).get(0));
        }
        List<String> counts = new ArrayList<>();
        for (Future<String> count : threads.invokeAll(writers)) {
            counts.add(count.get());
        }
        assertThat(counts).containsExactly("100", "200", "300", "400", "500", "600", "700", "800");
    }

    @Tag("soak")
    @Test
    void shouldLoseNoneOfManyInsertsIntoOneTable() throws Exception {
        session.run("CREATE OR REPLACE TABLE crowded (writer INT, n INT)");
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int writer = i;
            writers.add(() -> {
                try (TestSession own = SharedEngine.session()) {
                    for (int n = 0; n < 6; n++) {
                        own.run("INSERT INTO crowded VALUES (" + writer + ", " + n + ")");
                    }
                }
                return writer;
            });
        }
        for (Future<Integer> writer : threads.invokeAll(writers)) {
            writer.get();
        }
        assertThat(session.rows("SELECT count(*), count(DISTINCT writer, n) FROM crowded"))
                .containsExactly(List.of("48", "48"));
        assertThat(session.rows("DESCRIBE HISTORY crowded")).hasSizeGreaterThanOrEqualTo(49);
    }

    @Test
    void shouldRunEightStatementsOfOneSessionAtOnce() throws Exception {
        List<Callable<String>> readers = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            String query = "SELECT sum(id) + " + i + " FROM range(1000)";
            readers.add(() -> session.value(query));
        }
        ExecutorService eight = Executors.newFixedThreadPool(8);
        try {
            int expected = 499_500;
            for (Future<String> sum : eight.invokeAll(readers)) {
                assertThat(sum.get()).isEqualTo(String.valueOf(++expected));
            }
        } finally {
            eight.shutdownNow();
        }
    }
}
