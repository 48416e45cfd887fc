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
package io.cameldatabricks.component.repository.jdbc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

import io.cameldatabricks.component.repository.HandleRepositoryException;
import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.SampleHandles;
import io.cameldatabricks.component.repository.StatementIdCipher;

import static io.cameldatabricks.component.repository.SampleHandles.intent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Databases that would lose acknowledged handles are refused, and threads that are interrupted lose none. */
class DurabilityCheckTest {

    @TempDir
    Path dir;

    @Test
    void shouldRefuseAnH2FileWithoutWriteDelayZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JdbcStatementHandleRepository(h2("jdbc:h2:file:" + dir.resolve("a"))))
                .withMessage("The H2 database of the handles must be a file and its URL must say WRITE_DELAY=0:"
                        + " without it a crash loses handles that were acknowledged");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new JdbcStatementHandleRepository(h2("jdbc:h2:file:" + dir.resolve("b") + ";WRITE_DELAY=10")));
        assertThatCode(() ->
                        new JdbcStatementHandleRepository(h2("jdbc:h2:file:" + dir.resolve("c") + ";WRITE_DELAY=0")))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAnH2DatabaseInMemory() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JdbcStatementHandleRepository(h2("jdbc:h2:mem:handles;WRITE_DELAY=0")));
    }

    @Test
    void shouldRefusePostgreSqlThatCommitsAsynchronously() throws Exception {
        PGSimpleDataSource careless = PostgreSqlServer.dataSource().unwrap(PGSimpleDataSource.class);
        PGSimpleDataSource copy = new PGSimpleDataSource();
        copy.setUrl(careless.getUrl());
        copy.setUser(careless.getUser());
        copy.setOptions("-c synchronous_commit=off");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JdbcStatementHandleRepository(copy))
                .withMessageContaining("synchronous_commit=off");
    }

    @Test
    void shouldRefuseTablesOfAnotherVersion() {
        try (EmbeddedHandleStore store = EmbeddedHandleStore.open(dir)) {
            assertThat(store.repository().counts(SampleHandles.NAME)).isEmpty();
        }
        try (var dataSource = EmbeddedHandleStore.dataSource(dir)) {
            TestDatabase.execute(dataSource, "update databricks_schema set version = 3");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedHandleStore.open(dir))
                .withMessageContaining("have version 3");
    }

    @Test
    void shouldNotMakeTablesUnasked() {
        DataSource empty = h2("jdbc:h2:file:" + dir.resolve("d") + ";WRITE_DELAY=0");
        assertThatThrownBy(() -> new JdbcStatementHandleRepository(empty, false, StatementIdCipher.none()))
                .isInstanceOf(HandleRepositoryException.class);
    }

    @Test
    void shouldMakeTablesOnceWhenNodesStartTogether() throws Exception {
        DataSource dataSource = PostgreSqlServer.dataSource();
        TestDatabase.clear(dataSource);
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            List<Future<JdbcStatementHandleRepository>> started = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                started.add(nodes.submit(() -> new JdbcStatementHandleRepository(dataSource)));
            }
            for (Future<JdbcStatementHandleRepository> node : started) {
                assertThat(node.get().counts(SampleHandles.NAME)).isEmpty();
            }
        } finally {
            nodes.shutdownNow();
        }
    }

    @Test
    void shouldOpenTheEmbeddedStoreForOneProcessOnly() throws Exception {
        try (EmbeddedHandleStore store = EmbeddedHandleStore.open(dir)) {
            store.repository().join("node", Duration.ofSeconds(30));
            Process second = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            CrashingWriter.class.getName(),
                            dir.toString(),
                            "second")
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve("output").toFile())
                    .start();
            assertThat(second.waitFor()).isNotZero();
            assertThat(Files.readString(dir.resolve("output"))).contains("another process uses it");
        }
    }

    @Test
    void shouldRefuseAPathThatWouldAddSettings() {
        assertThatIllegalArgumentException().isThrownBy(() -> EmbeddedHandleStore.open(dir.resolve("a;MODE=MySQL")));
    }

    @Test
    void shouldSurviveInterruptsOfItsThreads() throws Exception {
        try (EmbeddedHandleStore store = EmbeddedHandleStore.open(dir)) {
            NodeLease lease = store.repository().join("node", Duration.ofMinutes(10));
            ExecutorService routes = Executors.newFixedThreadPool(2);
            List<Future<Boolean>> writes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String key = "k" + i;
                writes.add(routes.submit(() -> {
                    Thread.currentThread().interrupt();
                    boolean added = store.repository().add(lease, intent(key));
                    Thread.interrupted();
                    return added;
                }));
            }
            for (Future<Boolean> write : writes) {
                assertThat(write.get()).isTrue();
            }
            routes.shutdownNow();
            assertThat(store.repository().find("k199")).contains(intent("k199"));
        }
    }

    private static DataSource h2(String url) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url);
        dataSource.setUser("sa");
        return dataSource;
    }
}
