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
package io.cameldatabricks.testinfra;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.testinfra.fault.ActiveFault;
import io.cameldatabricks.testinfra.fault.ClosedOnSuccess;
import io.cameldatabricks.testinfra.fault.ExpiringLinks;
import io.cameldatabricks.testinfra.fault.LostSubmitAnswer;
import io.cameldatabricks.testinfra.fault.ServerError;
import io.cameldatabricks.testinfra.fault.TruncatedResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Faults on the Spark warehouse that a whole build shares: the driver sees them, and other statements do not. */
class FaultsOnSparkIT {

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.create();

    @AfterAll
    static void drop() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS faults_on_spark");
        }
    }

    @Test
    void shouldRunAStatementWhoseAnswerIsLost() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TABLE faults_on_spark (id INT)");
            try (ActiveFault lost = warehouse.inject(
                            LostSubmitAnswer.afterAcceptance().onStatement("INSERT INTO faults_on_spark .*1.*"));
                    ActiveFault failed = warehouse.inject(
                            ServerError.status(500).afterExecution().onStatement("INSERT INTO faults_on_spark .*2.*"));
                    ActiveFault refused = warehouse.inject(
                            ServerError.status(500).onStatement("INSERT INTO faults_on_spark .*3.*"))) {
                for (int i = 1; i <= 3; i++) {
                    String sql = "INSERT INTO faults_on_spark VALUES (" + i + ")";
                    assertThatThrownBy(() -> statement.execute(sql)).hasStackTraceContaining("Exception");
                }
                assertThat(lost.hits()).isEqualTo(1);
                assertThat(failed.hits()).isEqualTo(1);
                assertThat(refused.hits()).isEqualTo(1);
            }
            statement.execute("INSERT INTO faults_on_spark VALUES (3)");
            assertThat(one(statement, "SELECT concat_ws(',', sort_array(collect_list(id))) FROM faults_on_spark"))
                    .isEqualTo("1,2,3");
        }
    }

    @Test
    void shouldTruncateAndCloseArrowResults() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ActiveFault truncated = warehouse.inject(
                        TruncatedResult.afterRows(5).onStatement("SELECT id AS truncated_on_spark .*"));
                ActiveFault closed =
                        warehouse.inject(ClosedOnSuccess.withResult().onStatement("SELECT id AS .*_on_spark .*"))) {
            assertThat(count(statement, "SELECT id AS truncated_on_spark FROM range(100)"))
                    .isEqualTo(5);
            assertThat(count(statement, "SELECT id AS closed_on_spark FROM range(100)"))
                    .isEqualTo(100);
            assertThat(count(statement, "SELECT id AS usual FROM range(100)")).isEqualTo(100);
            assertThat(truncated.hits()).isEqualTo(1);
            assertThat(closed.hits()).isEqualTo(2);
        }
    }

    @Test
    void shouldShowTheDriverLinksThatHaveExpiredWhichItRenews() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ActiveFault expired = warehouse.inject(ExpiringLinks.after(Duration.ZERO)
                        .onStatement("SELECT id AS links_on_spark.*")
                        .times(1))) {
            // one chunk too big for the answer; of several chunks the driver sometimes cancels its own renewal
            assertThat(count(statement, "SELECT id AS links_on_spark, uuid() AS text FROM range(0, 60000, 1, 1)"))
                    .isEqualTo(60_000);
            assertThat(expired.hits()).isEqualTo(1);
        }
    }

    private static int count(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            int count = 0;
            while (rows.next()) {
                count++;
            }
            return count;
        }
    }

    private static String one(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(warehouse.jdbcUrl());
    }
}
