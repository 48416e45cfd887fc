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

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

    private static PostgreSqlServer server;
    private static WriteLog log;

    @BeforeAll
    static void start() throws SQLException {
        server = new PostgreSqlServer();
        log = new WriteLog(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static PGSimpleDataSource dataSource(String node) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(PostgreSqlServer.url(server.port(), node));
        return dataSource;
    }

    @Test
    void shouldTellStaleWritesFromTakeoversAndFromWritesOfTheOwner() throws SQLException {
        StatementHandleRepository ofA = new JdbcStatementHandleRepository(dataSource("a"));
        StatementHandleRepository ofB = new JdbcStatementHandleRepository(dataSource("b"));
        NodeLease a = ofA.join("a", Duration.ofMinutes(1));
        NodeLease b = ofB.join("b", Duration.ofMinutes(1));
        StatementHandle intent = StatementHandle.intended(
                "k1",
                "jobs",
                new StatementTarget(Transport.REST, "host.example.com", new WarehouseId("w")),
                new StatementOrigin("hash", CarriedHeaders.none(), null, AT));
        StatementHandle submitted = intent.withSubmitted(StatementId.of("s1"), AT);
        ofA.add(a, intent);
        assertThat(ofA.update(a, submitted, 0)).isTrue();
        assertThat(log.staleWrites()).as("its own row").isEmpty();

        assertThat(ofB.update(b, submitted.withGone(LossReason.PURGED, AT), 1))
                .as("the fence")
                .isFalse();
        assertThat(log.staleWrites()).isEmpty();

        try (Connection behindTheFence = dataSource("b").getConnection();
                Statement statement = behindTheFence.createStatement()) {
            statement.execute("update databricks_handle set version = version");
        }
        assertThat(log.staleWrites()).containsExactly("b wrote handle k1 of a");
        assertThat(log.takeovers()).isEmpty();

        ofA.leave(a);
        assertThat(ofB.takeOver(b, List.of("jobs"), 10).rows()).isEqualTo(1);
        assertThat(log.staleWrites()).hasSize(1);
        assertThat(log.takeovers()).singleElement().satisfies(takeover -> assertThat(takeover.dead())
                .isEqualTo("a"));
        assertThat(log.takenFrom("a")).isEqualTo(1);
        assertThat(log.claimed("a")).isZero();
    }
}
