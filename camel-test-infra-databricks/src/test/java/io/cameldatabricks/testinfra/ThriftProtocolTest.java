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

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.databricks.internal.apache.thrift.TApplicationException;
import com.databricks.internal.apache.thrift.TException;
import com.databricks.internal.apache.thrift.transport.TTransportException;
import com.databricks.jdbc.model.client.thrift.generated.TCancelOperationReq;
import com.databricks.jdbc.model.client.thrift.generated.TCloseOperationReq;
import com.databricks.jdbc.model.client.thrift.generated.TCloseSessionReq;
import com.databricks.jdbc.model.client.thrift.generated.TExecuteStatementResp;
import com.databricks.jdbc.model.client.thrift.generated.TFetchOrientation;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsReq;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetCatalogsReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetCatalogsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetDelegationTokenReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetInfoReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetInfoType;
import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetTablesReq;
import com.databricks.jdbc.model.client.thrift.generated.TNamespace;
import com.databricks.jdbc.model.client.thrift.generated.TOpenSessionReq;
import com.databricks.jdbc.model.client.thrift.generated.TOpenSessionResp;
import com.databricks.jdbc.model.client.thrift.generated.TOperationHandle;
import com.databricks.jdbc.model.client.thrift.generated.TOperationState;
import com.databricks.jdbc.model.client.thrift.generated.TProtocolVersion;
import com.databricks.jdbc.model.client.thrift.generated.TRowSet;
import com.databricks.jdbc.model.client.thrift.generated.TSessionHandle;
import com.databricks.jdbc.model.client.thrift.generated.TSparkDirectResults;
import com.databricks.jdbc.model.client.thrift.generated.TSparkGetDirectResults;
import com.databricks.jdbc.model.client.thrift.generated.TSparkParameter;
import com.databricks.jdbc.model.client.thrift.generated.TSparkParameterValue;
import com.databricks.jdbc.model.client.thrift.generated.TSparkRowSetType;
import com.databricks.jdbc.model.client.thrift.generated.TStatus;
import com.databricks.jdbc.model.client.thrift.generated.TStatusCode;
import com.databricks.jdbc.model.client.thrift.generated.TTypeId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.cameldatabricks.testinfra.fault.ActiveFault;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ServerError;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The Thrift service, call by call, as clients other than the JDBC driver may use it too. */
class ThriftProtocolTest {

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.scripted();

    private Thrift thrift;
    private TSessionHandle session;

    @BeforeEach
    void open() throws TException {
        warehouse.clearScripts();
        warehouse.clearRequests();
        warehouse.script(
                Script.statement("SELECT slow").column("n", "INT").row(1).takes(Duration.ofHours(1)));
        warehouse.script(Script.statement("SELECT n")
                .column("n", "BIGINT")
                .row(1)
                .row(2)
                .row(3)
                .row(4)
                .row(5));
        thrift = new Thrift(warehouse);
        session = thrift.open();
    }

    @Test
    void shouldWantTheToken() {
        String url = warehouse.httpUrl() + warehouse.httpPath();
        for (String authorization : new String[] {null, "Bearer wrong", "Basic " + warehouse.token()}) {
            assertThatThrownBy(() -> new Thrift(url, authorization).open())
                    .isInstanceOf(TTransportException.class)
                    .hasMessage("status 401");
        }
    }

    @Test
    void shouldKnowOneComputeAlone() {
        for (String path :
                List.of("/sql/1.0/warehouses/other", "/sql/1.0/endpoints/other", "/sql/protocolv1/o/1/other")) {
            assertThatThrownBy(() -> new Thrift(warehouse.httpUrl() + path, "Bearer " + warehouse.token()).open())
                    .hasMessage("status 404");
        }
    }

    @Test
    void shouldRefuseWhatIsNotACall() {
        Sea.Answer answer = new Sea(warehouse).send("POST", warehouse.httpPath(), "hello");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).contains("Thrift");
    }

    @Test
    void shouldRefuseMethodsThatItDoesNotHave() {
        assertThatThrownBy(() -> thrift.client.GetDelegationToken(new TGetDelegationTokenReq(session, "a", "b")))
                .isInstanceOf(TApplicationException.class)
                .hasMessageContaining("GetDelegationToken");
    }

    @Test
    void shouldAgreeOnTheOlderVersion() throws TException {
        assertThat(version(new TOpenSessionReq().setClient_protocol_i64(42250)))
                .isEqualTo(TProtocolVersion.SPARK_CLI_SERVICE_PROTOCOL_V10);
        assertThat(version(new TOpenSessionReq().setClient_protocol_i64(42243)))
                .isEqualTo(TProtocolVersion.SPARK_CLI_SERVICE_PROTOCOL_V3);
        assertThat(version(new TOpenSessionReq().setClient_protocol_i64(99999)))
                .isEqualTo(TProtocolVersion.SPARK_CLI_SERVICE_PROTOCOL_V10);
        assertThat(version(new TOpenSessionReq().setClient_protocol(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V8)))
                .isEqualTo(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V8);
    }

    private TProtocolVersion version(TOpenSessionReq request) throws TException {
        return thrift.client.OpenSession(request).getServerProtocolVersion();
    }

    @Test
    void shouldRepeatTheInitialNamespace() throws TException {
        TNamespace namespace = new TNamespace().setCatalogName("main").setSchemaName("default");
        TOpenSessionResp response = thrift.client.OpenSession(
                new TOpenSessionReq().setInitialNamespace(namespace).setCanUseMultipleCatalogs(true));
        assertThat(response.getInitialNamespace()).isEqualTo(namespace);
        assertThat(response.isCanUseMultipleCatalogs()).isTrue();
        assertThat(thrift.client.OpenSession(
                                new TOpenSessionReq().setConfiguration(Map.of("STATEMENT_TIMEOUT", "soon")))
                        .getStatus())
                .satisfies(status -> assertError(status, "STATEMENT_TIMEOUT"));
    }

    @Test
    void shouldAskForSecrets() throws TException {
        TOperationHandle operation = thrift.execute(Thrift.async(session, "SELECT slow"));
        assertError(
                thrift.client.ExecuteStatement(Thrift.sync(Thrift.forged(session), "SELECT 1"))
                        .getStatus(),
                "Invalid SessionHandle: SessionHandle [");
        assertError(
                thrift.client.CloseSession(new TCloseSessionReq(Thrift.forged(session)))
                        .getStatus(),
                "Invalid SessionHandle: SessionHandle [");
        TOperationHandle forged = Thrift.forged(operation);
        String text = "Invalid OperationHandle: OperationHandle [opType=EXECUTE_STATEMENT, getHandleIdentifier()=";
        assertError(thrift.status(forged).getStatus(), text);
        assertThat(thrift.status(forged).isSetOperationState()).isFalse();
        assertError(thrift.fetch(forged, 1).getStatus(), text);
        assertError(
                thrift.client.CancelOperation(new TCancelOperationReq(forged)).getStatus(), text);
        assertError(thrift.client.CloseOperation(new TCloseOperationReq(forged)).getStatus(), text);
        assertThat(thrift.status(operation).getOperationState()).isEqualTo(TOperationState.RUNNING_STATE);
    }

    @Test
    void shouldWaitForTheEndWhenNotAsynchronous() throws Exception {
        CompletableFuture<TExecuteStatementResp> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return thrift.client.ExecuteStatement(Thrift.sync(session, "SELECT slow"));
            } catch (TException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() ->
                warehouse.requests().stream().anyMatch(one -> one.body().startsWith("ExecuteStatement")));
        warehouse.advanceClock(Duration.ofMinutes(30));
        assertThat(answer).isNotDone();
        warehouse.advanceClock(Duration.ofMinutes(30));
        assertThat(answer.get(30, TimeUnit.SECONDS).isSetDirectResults()).isFalse();
    }

    @Test
    void shouldLetTheClientPollAfterFiveSeconds() throws Exception {
        CompletableFuture<TExecuteStatementResp> answer = CompletableFuture.supplyAsync(() -> {
            try {
                return thrift.client.ExecuteStatement(Thrift.direct(session, "SELECT slow", 10));
            } catch (TException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() ->
                warehouse.requests().stream().anyMatch(one -> one.body().startsWith("ExecuteStatement")));
        // the call is in the log before it is carried out
        await().until(() -> {
            warehouse.advanceClock(Duration.ofSeconds(5));
            return answer.isDone();
        });
        TSparkDirectResults direct = answer.get().getDirectResults();
        assertThat(direct.getOperationStatus().getOperationState()).isEqualTo(TOperationState.RUNNING_STATE);
        assertThat(direct.isSetResultSet()).isFalse();
        assertThat(direct.isSetCloseOperation()).isFalse();
        assertThat(thrift.status(answer.get().getOperationHandle()).getOperationState())
                .isEqualTo(TOperationState.RUNNING_STATE);
    }

    @Test
    void shouldCloseAnOperationWhoseResultFitsIntoTheFirstAnswer() throws TException {
        TExecuteStatementResp all = thrift.client.ExecuteStatement(Thrift.direct(session, "SELECT n", 5));
        assertThat(numbers(all.getDirectResults().getResultSet())).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(all.getDirectResults().getResultSet().isHasMoreRows()).isFalse();
        assertThat(all.getDirectResults().isSetCloseOperation()).isTrue();
        assertError(thrift.status(all.getOperationHandle()).getStatus(), "Invalid OperationHandle");
        TExecuteStatementResp some = thrift.client.ExecuteStatement(Thrift.direct(session, "SELECT n", 2));
        assertThat(numbers(some.getDirectResults().getResultSet())).containsExactly(1L, 2L);
        assertThat(some.getDirectResults().getResultSet().isHasMoreRows()).isTrue();
        assertThat(some.getDirectResults().isSetCloseOperation()).isFalse();
        TFetchResultsResp rest = thrift.fetch(some.getOperationHandle(), 10);
        assertThat(numbers(rest)).containsExactly(3L, 4L, 5L);
        assertThat(rest.getResults().getStartRowOffset()).isEqualTo(2);
        assertThat(rest.isHasMoreRows()).isFalse();
    }

    @Test
    void shouldFetchFromWhereTheLastFetchEndedOrFromWhereItIsTold() throws TException {
        TOperationHandle operation = thrift.execute(Thrift.sync(session, "SELECT n"));
        assertThat(numbers(thrift.fetch(operation, 2))).containsExactly(1L, 2L);
        assertThat(numbers(new Thrift(warehouse).fetch(operation, 2))).containsExactly(3L, 4L);
        assertThat(numbers(thrift.fetch(operation, -1))).containsExactly(5L);
        assertThat(numbers(thrift.fetch(operation, -1))).isEmpty();
        TFetchResultsReq first = new TFetchResultsReq(operation, TFetchOrientation.FETCH_FIRST, 1);
        assertThat(numbers(thrift.client.FetchResults(first))).containsExactly(1L);
        TFetchResultsReq third = new TFetchResultsReq(operation, TFetchOrientation.FETCH_NEXT, 2).setStartRowOffset(2);
        assertThat(numbers(thrift.client.FetchResults(third))).containsExactly(3L, 4L);
        TFetchResultsReq back = new TFetchResultsReq(operation, TFetchOrientation.FETCH_PRIOR, 1);
        assertError(thrift.client.FetchResults(back).getStatus(), "FETCH_PRIOR");
    }

    @Test
    void shouldDescribeTheResult() throws TException {
        warehouse.script(Script.statement("SELECT t")
                .column("b", "BOOLEAN")
                .column("y", "TINYINT")
                .column("s", "SMALLINT")
                .column("d", "DOUBLE")
                .column("p", "DECIMAL(10,2)")
                .column("x", "BINARY")
                .column("a", "ARRAY<INT>")
                .column("i", "INTERVAL DAY TO SECOND")
                .row(true, 1, 2, 1.5, "3.25", "AQI=", "[1]", "1 00:00:00.000000000")
                .row(null, null, null, null, null, null, null, null));
        TOperationHandle operation = thrift.execute(Thrift.sync(session, "SELECT t"));
        TGetResultSetMetadataResp metadata =
                thrift.client.GetResultSetMetadata(new TGetResultSetMetadataReq(operation));
        assertThat(metadata.getResultFormat()).isEqualTo(TSparkRowSetType.COLUMN_BASED_SET);
        assertThat(metadata.getSchema().getColumns())
                .extracting(column -> column.getTypeDesc()
                        .getTypes()
                        .get(0)
                        .getPrimitiveEntry()
                        .getType())
                .containsExactly(
                        TTypeId.BOOLEAN_TYPE,
                        TTypeId.TINYINT_TYPE,
                        TTypeId.SMALLINT_TYPE,
                        TTypeId.DOUBLE_TYPE,
                        TTypeId.DECIMAL_TYPE,
                        TTypeId.BINARY_TYPE,
                        TTypeId.ARRAY_TYPE,
                        TTypeId.INTERVAL_DAY_TIME_TYPE);
        assertThat(metadata.getSchema().getColumns().get(1).getPosition()).isEqualTo(2);
        TRowSet rows = thrift.fetch(operation, 10).getResults();
        assertThat(rows.getColumns().get(0).getBoolVal().getValues()).containsExactly(true, false);
        assertThat(rows.getColumns().get(0).getBoolVal().getNulls()).containsExactly(0b10);
        assertThat(rows.getColumns().get(1).getByteVal().getValues()).containsExactly((byte) 1, (byte) 0);
        assertThat(rows.getColumns().get(2).getI16Val().getValues()).containsExactly((short) 2, (short) 0);
        assertThat(rows.getColumns().get(3).getDoubleVal().getValues()).containsExactly(1.5, 0.0);
        assertThat(rows.getColumns().get(4).getStringVal().getValues()).containsExactly("3.25", "");
        assertThat(rows.getColumns().get(5).getBinaryVal().getValues().get(0).get(1))
                .isEqualTo((byte) 2);
        assertThat(rows.getColumns().get(6).getStringVal().getValues()).startsWith("[1]");
        assertThat(rows.getColumns().get(7).getStringVal().getNulls()).containsExactly(0b10);
    }

    @Test
    void shouldTellStateAndTimes() throws TException {
        TOperationHandle operation = thrift.execute(Thrift.async(session, "SELECT slow"));
        await().until(() -> thrift.status(operation).getOperationState() == TOperationState.RUNNING_STATE);
        assertThat(thrift.status(operation).getOperationCompleted()).isZero();
        assertError(thrift.fetch(operation, 1).getStatus(), "Expected state FINISHED, but found RUNNING");
        for (int i = 0; i < 4; i++) {
            warehouse.advanceClock(Duration.ofMinutes(15));
            assertThat(thrift.status(operation).getStatus().getStatusCode()).isEqualTo(TStatusCode.SUCCESS_STATUS);
        }
        TGetOperationStatusResp end =
                await().until(() -> thrift.status(operation), status -> status.getOperationCompleted() > 0);
        assertThat(end.getOperationState()).isEqualTo(TOperationState.FINISHED_STATE);
        assertThat(Duration.ofMillis(end.getOperationCompleted() - end.getOperationStarted()))
                .isGreaterThanOrEqualTo(Duration.ofHours(1));
    }

    @Test
    void shouldTellWhyAStatementFailed() throws TException {
        warehouse.script(Script.statement("SELECT bad").fails("22012", "[DIVIDE_BY_ZERO] no. SQLSTATE: 22012"));
        for (TGetOperationStatusResp status : List.of(
                thrift.status(thrift.execute(Thrift.sync(session, "SELECT bad"))),
                thrift.client.ExecuteStatement(Thrift.direct(session, "SELECT bad", 1))
                        .getDirectResults()
                        .getOperationStatus())) {
            assertThat(status.getStatus().getStatusCode()).isEqualTo(TStatusCode.SUCCESS_STATUS);
            assertThat(status.getOperationState()).isEqualTo(TOperationState.ERROR_STATE);
            assertThat(status.getSqlState()).isEqualTo("22012");
            assertThat(status.getDisplayMessage()).isEqualTo("[DIVIDE_BY_ZERO] no. SQLSTATE: 22012");
            assertThat(status.getErrorMessage()).contains("HiveSQLException").endsWith(status.getDisplayMessage());
        }
    }

    @Test
    void shouldCancelAndClose() throws TException {
        TOperationHandle operation = thrift.execute(Thrift.async(session, "SELECT slow"));
        assertThat(thrift.client.CancelOperation(new TCancelOperationReq(operation))
                        .getStatus()
                        .getStatusCode())
                .isEqualTo(TStatusCode.SUCCESS_STATUS);
        await().until(() -> thrift.status(operation).getOperationState() == TOperationState.CANCELED_STATE);
        assertThat(thrift.client.CloseOperation(new TCloseOperationReq(operation))
                        .getStatus()
                        .getStatusCode())
                .isEqualTo(TStatusCode.SUCCESS_STATUS);
        assertError(thrift.status(operation).getStatus(), "Invalid OperationHandle");
        assertError(
                thrift.client.CloseOperation(new TCloseOperationReq(operation)).getStatus(), "Invalid OperationHandle");
    }

    @Test
    void shouldStopAtTheTimeout() throws TException {
        TOperationHandle operation =
                thrift.execute(Thrift.async(session, "SELECT slow").setQueryTimeout(60));
        await().until(() -> thrift.status(operation).getOperationState() == TOperationState.RUNNING_STATE);
        warehouse.advanceClock(Duration.ofSeconds(61));
        await().until(() -> thrift.status(operation).getOperationState() == TOperationState.TIMEDOUT_STATE);
        assertThat(thrift.status(operation).getSqlState()).isEqualTo("57KD0");
    }

    @Test
    void shouldGiveUpOperationsThatNobodyAsksAfter() throws TException {
        TOperationHandle finished = thrift.execute(Thrift.sync(session, "SELECT n"));
        TOperationHandle running = thrift.execute(Thrift.async(session, "SELECT slow"));
        warehouse.advanceClock(Duration.ofMinutes(19));
        assertThat(thrift.status(finished).getOperationState()).isEqualTo(TOperationState.FINISHED_STATE);
        assertThat(thrift.status(running).getOperationState()).isEqualTo(TOperationState.RUNNING_STATE);
        warehouse.advanceClock(Duration.ofMinutes(21));
        for (TOperationHandle operation : List.of(finished, running)) {
            assertThatThrownBy(() -> thrift.status(operation)).hasMessage("status 404");
            assertThat(thrift.connection.response.headers().firstValue("X-Thriftserver-Error-Message"))
                    .hasValueSatisfying(text -> assertThat(text).contains("does not exist"));
            assertThat(new String(thrift.connection.response.body())).contains("RESOURCE_DOES_NOT_EXIST");
        }
        assertThat(warehouse.statements())
                .filteredOn(one -> one.sql().equals("SELECT slow"))
                .last()
                .satisfies(one -> assertThat(one.state()).isEqualTo("CANCELED"));
    }

    @Test
    void shouldEndTheOperationsOfASessionWithIt() throws TException {
        TOperationHandle finished = thrift.execute(Thrift.sync(session, "SELECT n"));
        TOperationHandle running = thrift.execute(Thrift.async(session, "SELECT slow"));
        thrift.client.CloseSession(new TCloseSessionReq(session));
        assertError(thrift.status(finished).getStatus(), "Invalid OperationHandle");
        assertError(thrift.status(running).getStatus(), "Invalid OperationHandle");
        assertError(thrift.client.CloseSession(new TCloseSessionReq(session)).getStatus(), "Invalid SessionHandle");
        session = thrift.open();
        TOperationHandle other = thrift.execute(Thrift.async(session, "SELECT slow"));
        assertThat(warehouse.dropSessions()).isPositive();
        assertError(thrift.status(other).getStatus(), "Invalid OperationHandle");
        assertError(
                thrift.client.ExecuteStatement(Thrift.sync(session, "SELECT 1")).getStatus(),
                "Invalid SessionHandle: SessionHandle [");
    }

    @Test
    void shouldTakeNamedAndPositionalParameters() throws TException {
        TSparkParameter one = new TSparkParameter().setType("INT").setValue(TSparkParameterValue.stringValue("1"));
        TSparkParameter named = one.deepCopy().setName("a");
        TSparkParameter second = one.deepCopy().setOrdinal(2);
        for (List<TSparkParameter> good : List.of(
                List.of(one, one),
                List.of(named),
                List.of(second, one.deepCopy().setOrdinal(1)),
                List.<TSparkParameter>of())) {
            assertThat(thrift.client.ExecuteStatement(
                                    Thrift.sync(session, "SELECT n").setParameters(good))
                            .getStatus()
                            .getStatusCode())
                    .isEqualTo(TStatusCode.SUCCESS_STATUS);
        }
        assertError(
                thrift.client.ExecuteStatement(Thrift.sync(session, "SELECT n").setParameters(List.of(named, one)))
                        .getStatus(),
                "cannot be mixed");
        assertError(
                thrift.client.ExecuteStatement(Thrift.sync(session, "SELECT n").setParameters(List.of(second)))
                        .getStatus(),
                "ordinals of positional parameters");
    }

    @Test
    void shouldKeepTagsOfSessionAndStatement() throws TException {
        TSessionHandle tagged = thrift.client.OpenSession(
                        new TOpenSessionReq().setConfiguration(Map.of("QUERY_TAGS", "team:a,run:1")))
                .getSessionHandle();
        thrift.execute(Thrift.sync(tagged, "SELECT n").setConfOverlay(Map.of("query_tags", "run:2")));
        assertThat(warehouse.statements()).last().satisfies(statement -> assertThat(statement.tags())
                .isEqualTo(Map.of("team", "a", "run", "2")));
    }

    @Test
    void shouldGiveMetadataTheShapeOfItsCall() throws TException {
        warehouse.script(Script.statement("SHOW CATALOGS")
                .column("catalog", "STRING")
                .row("main")
                .row("other"));
        TGetCatalogsResp direct = thrift.client.GetCatalogs(
                new TGetCatalogsReq(session).setGetDirectResults(new TSparkGetDirectResults(100)));
        assertThat(direct.getDirectResults()
                        .getResultSet()
                        .getResults()
                        .getColumns()
                        .get(0)
                        .getStringVal()
                        .getValues())
                .containsExactly("main", "other");
        TOperationHandle polled = thrift.client.GetCatalogs(new TGetCatalogsReq(session).setRunAsync(true))
                .getOperationHandle();
        await().until(() -> thrift.status(polled).getOperationState() == TOperationState.FINISHED_STATE);
        assertThat(thrift.client.GetResultSetMetadata(new TGetResultSetMetadataReq(polled))
                        .getSchema()
                        .getColumns()
                        .get(0)
                        .getColumnName())
                .isEqualTo("TABLE_CAT");
        assertThat(thrift.fetch(polled, 1)
                        .getResults()
                        .getColumns()
                        .get(0)
                        .getStringVal()
                        .getValues())
                .containsExactly("main");
        warehouse.script(Script.matching("SHOW TABLES .*").fails("42000", "no tables today"));
        TOperationHandle failed =
                thrift.client.GetTables(new TGetTablesReq(session)).getOperationHandle();
        assertThat(thrift.status(failed).getDisplayMessage()).isEqualTo("no tables today");
    }

    @Test
    void shouldTellWhoItIs() throws TException {
        assertThat(thrift.client.GetInfo(new TGetInfoReq(session, TGetInfoType.CLI_DBMS_NAME))
                        .getInfoValue()
                        .getStringValue())
                .isEqualTo("Spark SQL");
        assertError(
                thrift.client.GetInfo(new TGetInfoReq(session, TGetInfoType.CLI_MAX_COLUMN_NAME_LEN))
                        .getStatus(),
                "CLI_MAX_COLUMN_NAME_LEN");
    }

    @ParameterizedTest
    @EnumSource(
            value = CallKind.class,
            names = {"OPEN_SESSION", "CLOSE_SESSION", "SUBMIT", "STATUS", "CANCEL", "CLOSE", "RESULT"})
    void shouldMeetFaultsByTheKindOfTheCall(CallKind kind) throws TException {
        TOperationHandle operation = thrift.execute(Thrift.sync(session, "SELECT n"));
        try (ActiveFault fault = warehouse.inject(ServerError.status(500).on(kind))) {
            assertThatThrownBy(() -> call(kind, operation)).hasMessage("status 500");
            assertThat(fault.hits()).isEqualTo(1);
            for (CallKind other : CallKind.values()) {
                if (other != kind && other != CallKind.CLOSE && other != CallKind.CLOSE_SESSION) {
                    call(other, operation);
                }
            }
            assertThat(fault.hits()).isEqualTo(1);
        }
    }

    private void call(CallKind kind, TOperationHandle operation) throws TException {
        switch (kind) {
            case OPEN_SESSION -> thrift.open();
            case CLOSE_SESSION -> thrift.client.CloseSession(new TCloseSessionReq(session));
            case SUBMIT -> thrift.execute(Thrift.sync(session, "SELECT n"));
            case STATUS -> thrift.status(operation);
            case CANCEL -> thrift.client.CancelOperation(new TCancelOperationReq(operation));
            case CLOSE -> thrift.client.CloseOperation(new TCloseOperationReq(operation));
            case RESULT -> thrift.fetch(operation, 1);
            default -> thrift.client.GetInfo(new TGetInfoReq(session, TGetInfoType.CLI_DBMS_NAME));
        }
    }

    private static List<Long> numbers(TFetchResultsResp page) {
        return page.getResults().getColumns().get(0).getI64Val().getValues();
    }

    private static void assertError(TStatus status, String text) {
        assertThat(status.getStatusCode()).isEqualTo(TStatusCode.ERROR_STATUS);
        assertThat(status.getErrorMessage()).contains(text);
    }
}
