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
package io.cameldatabricks.component.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import com.databricks.jdbc.api.IDatabricksResultSet;
import com.databricks.jdbc.api.IDatabricksStatement;
import com.databricks.jdbc.api.internal.IDatabricksStatementInternal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.component.client.ContractPools;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.ResultExpiredException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.pool.HikariConnectionPool;
import io.cameldatabricks.component.result.Row;
import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.component.sql.RowChanges;
import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** Results of statements that were submitted over another connection, in both modes of the driver. */
@Timeout(60)
class FetchResultTest {

    private static final int MANY = 30_000;

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private HikariConnectionPool pool;
    private StatementRunner runner;

    @BeforeEach
    void scripts() {
        warehouse.clearScripts();
        warehouse.clearRequests();
        warehouse.script(Script.statement("SELECT few")
                .column("id", "INT")
                .column("name", "STRING")
                .row(1, "one")
                .row(2, null));
        warehouse.script(Script.statement("SELECT many")
                .column("id", "INT")
                .column("name", "STRING")
                .row(7, "seven")
                .repeat(MANY));
        warehouse.script(Script.matching("INSERT .*").updateCount(7));
        warehouse.script(Script.matching("MERGE .*")
                .column("num_affected_rows", "BIGINT")
                .column("num_updated_rows", "BIGINT")
                .column("num_deleted_rows", "BIGINT")
                .column("num_inserted_rows", "BIGINT")
                .row(6, 1, 2, 3));
        warehouse.script(Script.matching("CREATE .*"));
        warehouse.script(Script.statement("SELECT wrong").fails("42703", "[UNRESOLVED_COLUMN] `wrong`"));
        warehouse.script(Script.statement("SELECT killed").canceled());
        warehouse.script(
                Script.statement("SELECT slow").takes(Duration.ofHours(1)).column("a", "INT"));
    }

    private void open(boolean thrift) {
        pool = ContractPools.open(warehouse.httpUrl(), warehouse.token(), warehouse.warehouseId(), thrift, null, 2);
        runner = new StatementRunner(pool, timer);
    }

    @AfterEach
    void stop() {
        pool.close();
        timer.shutdownNow();
    }

    /** Over a connection that is thrown away, and so without a close of the statement. */
    private StatementId submit(String sql) {
        Connection connection = pool.borrow();
        try (Statement statement = connection.createStatement()) {
            IDatabricksResultSet answer = statement
                    .unwrap(IDatabricksStatement.class)
                    .executeAsync(sql)
                    .unwrap(IDatabricksResultSet.class);
            StatementId id = StatementId.of(answer.getStatementId());
            statement.unwrap(IDatabricksStatementInternal.class).setStatementId(null);
            return id;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            pool.giveBack(connection);
        }
    }

    private StatementResult fetch(StatementId id, OutputType outputType) {
        return await().ignoreExceptionsMatching(TransientDatabricksException.class::isInstance)
                .until(() -> runner.fetch(id, ResultSettings.of(outputType), 0), result -> true);
    }

    private DatabricksException failure(StatementId id) {
        return catchThrowableOfType(DatabricksException.class, () -> fetch(id, OutputType.SELECT_LIST));
    }

    private void assertNothingIsHeld() {
        assertThat(pool.stats().inUse()).isZero();
    }

    private void assertNothingWasClosedOnTheServer() {
        assertThat(warehouse.requests())
                .noneMatch(request ->
                        request.method().equals("DELETE") && request.uri().contains("/statements/"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReadTheSameRowsAgainAndAgain(boolean thrift) {
        open(thrift);
        StatementId id = submit("SELECT few");

        for (int i = 0; i < 3; i++) {
            StatementResult result = fetch(id, OutputType.SELECT_LIST);
            assertThat(result.statementId()).isEqualTo(id.publicPart());
            assertThat(result.columnNames()).containsExactly("id", "name");
            assertThat(result.rows()).extracting(row -> row.get("id")).containsExactly(1, 2);
            assertThat(result.truncated()).isFalse();
            assertNothingIsHeld();
        }
        assertNothingWasClosedOnTheServer();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldStreamEveryRowOfManyAndGiveTheConnectionBackAtTheEnd(boolean thrift) {
        open(thrift);
        StatementId id = submit("SELECT many");

        for (int i = 0; i < 2; i++) {
            RowStream stream = fetch(id, OutputType.STREAM_LIST).stream();
            assertThat(pool.stats().inUse()).isOne();
            int rows = 0;
            while (stream.hasNext()) {
                assertThat(stream.next().get("name")).isEqualTo("seven");
                rows++;
            }
            assertThat(rows).isEqualTo(MANY);
            assertThat(stream.rowsRead()).isEqualTo(MANY);
            assertNothingIsHeld();
        }
        assertNothingWasClosedOnTheServer();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLeaveTheStatementWhereAStreamEndsEarly(boolean thrift) {
        open(thrift);
        StatementId id = submit("SELECT many");

        RowStream stream = fetch(id, OutputType.STREAM_LIST).stream();
        Row first = stream.next();
        stream.close();

        assertThat(first.get("id")).isEqualTo(7);
        assertThat(stream.hasNext()).isFalse();
        assertNothingIsHeld();
        assertThat(fetch(id, OutputType.SELECT_LIST).rows()).hasSize(MANY);
        assertNothingWasClosedOnTheServer();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTellHowManyRowsWereWritten(boolean thrift) {
        open(thrift);
        StatementId insert = submit("INSERT INTO t VALUES (1)");
        StatementId create = submit("CREATE TABLE t (a INT)");

        for (int i = 0; i < 2; i++) {
            StatementResult result = fetch(insert, OutputType.STREAM_LIST);
            assertThat(result.hasRows()).isFalse();
            assertThat(result.updateCount()).isEqualTo(7);
            assertThat(result.changes()).isNull();
            assertThat(fetch(create, OutputType.SELECT_ONE).hasRows()).isFalse();
            assertNothingIsHeld();
        }
        assertNothingWasClosedOnTheServer();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTellOfAMergeWhatItHasChanged(boolean thrift) {
        open(thrift);
        String merge = "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE";

        StatementResult fetched = fetch(submit(merge), OutputType.SELECT_LIST);
        StatementResult ran = runner.run(sequence(merge), new RunningStatements());

        assertThat(List.of(fetched, ran)).allSatisfy(result -> {
            assertThat(result.hasRows()).isFalse();
            assertThat(result.updateCount()).isEqualTo(6);
            assertThat(result.changes()).isEqualTo(new RowChanges(3, 1, 2));
        });
        assertNothingIsHeld();
    }

    private static StatementSequence sequence(String sql) {
        StatementRequest request = new StatementRequest(
                new BoundSql(sql, List.of()),
                StatementRequest.Limits.none(),
                ResultSettings.of(OutputType.SELECT_LIST));
        return new StatementSequence(StatementSequence.Kind.SCRIPT, List.of(request), QueryTags.none());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSayThatAStatementStillRuns(boolean thrift) {
        open(thrift);
        StatementId id = submit("SELECT slow");

        DatabricksException failure = catchThrowableOfType(
                DatabricksException.class, () -> runner.fetch(id, ResultSettings.of(OutputType.SELECT_LIST), 0));

        assertThat(failure).isInstanceOf(TransientDatabricksException.class).hasMessageContaining("not ended yet");
        assertThat(failure.getStatementId()).isEqualTo(id.publicPart());
        assertThat(failure.getState()).isIn("PENDING", "RUNNING");
        assertNothingIsHeld();
        assertNothingWasClosedOnTheServer();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSayWhyThereIsNoResult(boolean thrift) {
        open(thrift);

        DatabricksException wrong = failure(submit("SELECT wrong"));
        DatabricksException killed = failure(submit("SELECT killed"));

        assertThat(wrong).isInstanceOf(PermanentDatabricksException.class);
        if (!thrift) {
            assertThat(wrong.getSqlState()).isEqualTo("42703");
        }
        assertThat(killed).isInstanceOf(PermanentDatabricksException.class);
        assertThat(killed.getState()).isEqualTo("CANCELED");
        assertNothingIsHeld();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSayThatAResultIsGone(boolean thrift) {
        open(thrift);
        String unknown = "01f0aaaa-0000-1000-8000-000000000000";

        DatabricksException failure = failure(StatementId.of(thrift ? unknown + "|" + unknown : unknown));

        assertThat(failure).isInstanceOf(ResultExpiredException.class);
        assertThat(failure.getStatementId()).isEqualTo(unknown);
        assertThat(failure.toString()).doesNotContain("|");
        assertNothingIsHeld();
    }

    @Test
    void shouldFetchOverAFreshSessionWhenTheOldOneIsGone() {
        open(false);
        StatementId id = submit("SELECT few");
        fetch(id, OutputType.SELECT_LIST);
        warehouse.dropSessions();

        assertThat(fetch(id, OutputType.SELECT_LIST).rows()).hasSize(2);
        assertNothingIsHeld();
    }

    @Test
    void shouldSayThatAResultWentWithItsSessionOverThrift() {
        open(true);
        StatementId id = submit("SELECT few");
        fetch(id, OutputType.SELECT_LIST);
        warehouse.dropSessions();

        assertThat(failure(id)).isInstanceOf(ResultExpiredException.class);
        assertNothingIsHeld();
    }
}
