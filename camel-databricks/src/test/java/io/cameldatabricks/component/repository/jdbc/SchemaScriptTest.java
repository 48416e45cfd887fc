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
import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.repository.SampleHandles;
import io.cameldatabricks.component.repository.StatementIdCipher;

import static org.assertj.core.api.Assertions.assertThat;

/** The script for those who make the tables themselves is what the component runs. */
class SchemaScriptTest {

    @Test
    void shouldBeTheSchemaThatTheComponentMakes() throws Exception {
        String script = Files.readString(
                Path.of("..", "docs", "schema", "handle-repository-" + HandleSql.SCHEMA_VERSION + ".sql"));
        List<String> statements = Arrays.stream(
                        script.replaceAll("(?m)^--.*$", "").split(";"))
                .map(SchemaScriptTest::words)
                .filter(statement -> !statement.isEmpty())
                .toList();

        assertThat(statements)
                .isEqualTo(
                        HandleSql.SCHEMA.stream().map(SchemaScriptTest::words).toList());
    }

    @Test
    void shouldBeEnoughForARepositoryThatMakesNoTables() {
        DataSource dataSource = PostgreSqlServer.dataSource();
        TestDatabase.clear(dataSource);
        HandleSql.SCHEMA.forEach(statement -> TestDatabase.execute(dataSource, statement));

        var repository = new JdbcStatementHandleRepository(dataSource, false, StatementIdCipher.none());
        assertThat(repository.counts(SampleHandles.NAME)).isEmpty();
    }

    private static String words(String sql) {
        return sql.replaceAll("\\s+", " ").strip();
    }
}
