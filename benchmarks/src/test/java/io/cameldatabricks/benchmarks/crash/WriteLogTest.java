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
package io.cameldatabricks.benchmarks.crash;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.jdbc.JdbcStatementHandleRepository;
import io.cameldatabricks.component.statement.CarriedHeaders;
import io.cameldatabricks.component.statement.LossReason;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementOrigin;
import io.cameldatabricks.component.statement.StatementTarget;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.statement.WarehouseId;

import static org.assertj.core.api.Assertions.assertThat;

/** A run without stale writes proves nothing unless the trigger that would log them does so. */
class WriteLogTest {

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final StatementHandle INTENT = StatementHandle.intended(
            "k1",
            "jobs",
            new StatementTarget(Transport.REST, "host.example.com", new WarehouseId("w")),
            new StatementOrigin("hash", CarriedHeaders.none(), null, AT));
    private static final StatementHandle SUBMITTED = INTENT.withSubmitted(StatementId.of("s1"), AT);

    private PostgreSqlServer server;
    private WriteLog log;
    private StatementHandleRepository ofA;
    private NodeLease a;
    private NodeLease b;

    @BeforeEach
    void start() throws SQLException {
        server = new PostgreSqlServer();
        log = new WriteLog(server);
        ofA = repository("a");
        a = ofA.join("a", Duration.ofMinutes(1));
        b = repository("b").join("b", Duration.ofMinutes(1));
        ofA.add(a, INTENT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private StatementHandleRepository repository(String node) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(PostgreSqlServer.url(server.port(), node));
        return new JdbcStatementHandleRepository(dataSource);
    }

    @Test
    void shouldLogAWriteToARowOfALivingNode() throws SQLException {
        assertThat(ofA.update(a, SUBMITTED, 0)).isTrue();
        assertThat(log.staleWrites()).as("its own row").isEmpty();

        assertThat(repository("b").update(b, SUBMITTED.withGone(LossReason.PURGED, AT), 1))
                .as("the fence")
                .isFalse();
        assertThat(log.staleWrites()).isEmpty();

        PGSimpleDataSource behindTheFence = new PGSimpleDataSource();
        behindTheFence.setUrl(PostgreSqlServer.url(server.port(), "b"));
        try (Connection connection = behindTheFence.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update databricks_handle set version = 7 where handle_key = 'k1'");
        }
        assertThat(log.staleWrites()).containsExactly("b wrote handle k1 of a");
        assertThat(log.takeovers()).isEmpty();
    }

    @Test
    void shouldTellATakeoverFromThat() throws SQLException {
        ofA.leave(a);
        assertThat(repository("b").takeOver(b, List.of("jobs"), 10).rows()).isEqualTo(1);

        assertThat(log.staleWrites()).isEmpty();
        assertThat(log.takeovers()).singleElement().satisfies(takeover -> assertThat(takeover.dead())
                .isEqualTo("a"));
        assertThat(log.takenFrom("a")).isEqualTo(1);
        assertThat(log.claimed("a")).isZero();
    }
}
