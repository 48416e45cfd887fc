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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import org.h2.api.ErrorCode;

import io.cameldatabricks.component.repository.RepositoryModelProperties;
import io.cameldatabricks.component.repository.StatementHandleRepository;

import static org.assertj.core.api.Assertions.assertThat;

class H2ModelTest extends RepositoryModelProperties {

    private Path dataDir;
    private HikariDataSource dataSource;

    @Property(tries = 100)
    void shouldDoWhatTheModelDoes(@ForAll("sequences") List<Step> steps) {
        shouldAnswerAsTheModel(steps);
    }

    @Provide
    Arbitrary<List<Step>> sequences() {
        return anySequence(1);
    }

    @Override
    protected StatementHandleRepository create() {
        try {
            dataDir = Files.createTempDirectory("handles");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        dataSource = EmbeddedHandleStore.dataSource(dataDir);
        return new JdbcStatementHandleRepository(dataSource);
    }

    /** As a killed process: nothing is closed in an orderly way, the file is as the last commit left it. */
    @Override
    protected StatementHandleRepository reopen(StatementHandleRepository before) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("shutdown immediately");
        } catch (SQLException e) {
            assertThat(e.getErrorCode())
                    .as("closing what is shut down")
                    .isEqualTo(ErrorCode.DATABASE_CALLED_AT_SHUTDOWN);
        }
        dataSource.close();
        dataSource = EmbeddedHandleStore.dataSource(dataDir);
        return new JdbcStatementHandleRepository(dataSource);
    }

    @Override
    protected void advance(Duration time) {
        TestDatabase.makeOlder(dataSource, time);
    }

    @AfterTry
    void delete() throws IOException {
        dataSource.close();
        try (var files = Files.list(dataDir)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(dataDir);
    }
}
