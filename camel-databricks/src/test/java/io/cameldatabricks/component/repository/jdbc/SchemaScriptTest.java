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

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.SampleHandles;
import io.cameldatabricks.component.repository.StatementIdCipher;
import io.cameldatabricks.component.repository.Takeover;
import io.cameldatabricks.component.statement.StatementHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The script for those who make the tables themselves is what the component runs. */
class SchemaScriptTest {

    /** The schema of the first program, as it was published. */
    private static final String VERSION_1 = "/handle-repository-1.sql";

    @Test
    void shouldBeTheSchemaThatTheComponentMakes() throws Exception {
        assertThat(statements(script("handle-repository-" + HandleSchema.VERSION)))
                .isEqualTo(
                        HandleSchema.ALL.stream().map(SchemaScriptTest::words).toList());
        assertThat(statements(script("handle-repository-1-to-" + HandleSchema.VERSION)))
                .isEqualTo(HandleSchema.FROM_VERSION_1.stream()
                        .map(SchemaScriptTest::words)
                        .toList());
    }

    @Test
    void shouldBeEnoughForARepositoryThatMakesNoTables() {
        DataSource dataSource = PostgreSqlServer.dataSource();
        TestDatabase.clear(dataSource);
        HandleSchema.ALL.forEach(statement -> TestDatabase.execute(dataSource, statement));

        var repository = new JdbcStatementHandleRepository(dataSource, false, StatementIdCipher.none());
        assertThat(repository.counts(SampleHandles.NAME)).isEmpty();
    }

    @Test
    void shouldBringPostgreSqlTablesOfVersion1ToThisVersion() throws Exception {
        // the connections of a pool remember the tables of other tests
        DataSource dataSource = PostgreSqlServer.withoutPool();
        TestDatabase.clear(dataSource);
        shouldBringTablesOfVersion1ToThisVersion(dataSource);
        TestDatabase.clear(dataSource);
    }

    @Test
    void shouldBringH2TablesOfVersion1ToThisVersion(@TempDir Path directory) throws Exception {
        try (HikariDataSource dataSource = EmbeddedHandleStore.dataSource(directory)) {
            shouldBringTablesOfVersion1ToThisVersion(dataSource);
        }
    }

    private static void shouldBringTablesOfVersion1ToThisVersion(DataSource dataSource) throws Exception {
        String version1;
        try (InputStream script = SchemaScriptTest.class.getResourceAsStream(VERSION_1)) {
            version1 = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
        statements(version1).forEach(statement -> TestDatabase.execute(dataSource, statement));
        // as the first program left them behind
        TestDatabase.execute(dataSource, """
                insert into databricks_node (node, joined_at, lease_until, ended_at)
                    values ('old', current_timestamp, current_timestamp, current_timestamp)""");
        TestDatabase.execute(dataSource, """
                insert into databricks_handle (handle_key, endpoint, state, version, owner_epoch, transport, workspace,
                    warehouse, sql_hash, headers, intended_at, row_limit, delivery_count)
                values ('old', 'reports', 'INTENDED', 0, 1, 'REST', 'host.example.com', 'w', 'hash', '',
                    current_timestamp - interval '1' hour, 0, 0)""");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JdbcStatementHandleRepository(dataSource, false, StatementIdCipher.none()))
                .withMessageContaining("have version 1")
                .withMessageContaining("handle-repository-1-to-2.sql");

        var repository = new JdbcStatementHandleRepository(dataSource);
        NodeLease node = repository.join("new", Duration.ofMinutes(1));
        assertThat(repository.find("old").orElseThrow().origin().returnsRows()).isFalse();
        assertThat(repository.add(node, SampleHandles.intent("k1"))).isTrue();
        assertThat(repository.find("k1")).contains(SampleHandles.intent("k1"));
        Takeover takeover = repository.takeOver(node, List.of(SampleHandles.NAME), 10);
        assertThat(takeover.owned()).extracting(StatementHandle::key).containsExactly("old");
        assertThat(takeover.ages().get("old")).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(70));
        new JdbcStatementHandleRepository(dataSource);

        TestDatabase.execute(dataSource, "insert into databricks_schema values (99, current_timestamp)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JdbcStatementHandleRepository(dataSource))
                .withMessageContaining("have version 99");
    }

    private static String script(String name) throws IOException {
        return Files.readString(Path.of("..", "docs", "schema", name + ".sql"));
    }

    private static List<String> statements(String script) {
        return Arrays.stream(script.replaceAll("(?m)^--.*$", "").split(";"))
                .map(SchemaScriptTest::words)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static String words(String sql) {
        return sql.replaceAll("\\s+", " ").strip();
    }
}
