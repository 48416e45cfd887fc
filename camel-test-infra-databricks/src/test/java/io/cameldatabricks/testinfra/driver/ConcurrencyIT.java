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
package io.cameldatabricks.testinfra.driver;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Eight threads at once: every answer belongs to its question, every write is there. */
@ThriftInSoak
class ConcurrencyIT extends DriverTest {

    private static final int THREADS = 8;
    private static final int STATEMENTS = 10;

    @Test
    void shouldAnswerEightConnectionsAtOnce() throws Exception {
        List<SqlClient> clients = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            clients.add(connect());
        }
        atOnce(thread -> askAndCheck(clients.get(thread), thread));
    }

    @Test
    void shouldAnswerEightThreadsOnOneConnection() throws Exception {
        atOnce(thread -> askAndCheck(sql, thread));
    }

    @Test
    void shouldWriteToATableFromManyConnections() throws Exception {
        String table = table("appended");
        sql.run("CREATE OR REPLACE TABLE " + table + " (thread INT, n INT)");
        List<SqlClient> clients = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            clients.add(connect());
        }
        atOnce(thread -> {
            for (int n = 0; n < 2; n++) {
                assertThat(clients.get(thread).update("INSERT INTO " + table + " VALUES (" + thread + ", " + n + ")"))
                        .isEqualTo(1);
            }
        });
        assertThat(sql.row("SELECT count(*), count(DISTINCT thread, n) FROM " + table))
                .containsExactly(16L, 16L);
    }

    private static void askAndCheck(SqlClient client, int thread) throws SQLException {
        for (int n = 0; n < STATEMENTS; n++) {
            long size = 100L * thread + n + 1;
            assertThat(client.row("SELECT " + thread + ", " + n + ", count(*), sum(id) FROM range(" + size + ")"))
                    .containsExactly(thread, n, size, size * (size - 1) / 2);
        }
    }

    private interface Work {
        void run(int thread) throws SQLException;
    }

    private static void atOnce(Work work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                calls.add(() -> {
                    work.run(thread);
                    return null;
                });
            }
            for (Future<Void> call : executor.invokeAll(calls)) {
                call.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
