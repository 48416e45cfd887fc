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
package io.cameldatabricks.component.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.ResultExpiredException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.ForeignHandleException;
import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.component.statement.StatementFailure;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementLimits;
import io.cameldatabricks.component.statement.StatementParameter;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.WaitPolicy;
import io.cameldatabricks.component.statement.WarehouseId;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.fault.ActiveFault;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ConnectionReset;
import io.cameldatabricks.testinfra.fault.CutPoint;
import io.cameldatabricks.testinfra.fault.Fault;
import io.cameldatabricks.testinfra.fault.LostSubmitAnswer;
import io.cameldatabricks.testinfra.fault.PurgedStatement;
import io.cameldatabricks.testinfra.fault.RefusedCall;
import io.cameldatabricks.testinfra.fault.ServerError;
import io.cameldatabricks.testinfra.fault.SessionExpired;
import io.cameldatabricks.testinfra.fault.TooManyRequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What every client of statements does alike, whatever carries its calls. Where a transport forces a difference, the
 * subclass says so in {@link Differences}, and the difference is asserted; docs/async-transports.adoc has them in a table.
 */
@Timeout(120)
public abstract class StatementClientContract {

    @RegisterExtension
    protected static final LocalWarehouse SCRIPTED = LocalWarehouse.scripted();

    @RegisterExtension
    protected static final LocalWarehouse SPARK = LocalWarehouse.create();

    protected static final String SLOW = "SELECT slow";
    protected static final String QUICK = "SELECT quick";

    /**
     * What a transport forces.
     *
     * @param tagsAreSearchable tags are tags of the history; else a comment in the statement's text
     * @param choosesNamespace catalog and schema can be another than those of the connection
     * @param limitsBytes byteLimit is there
     * @param waitsOnServer serverWait is there
     * @param closedIsKnown the server still knows a statement whose result was released or has expired
     * @param countsRows the number of rows is known before they are read
     * @param refusesAtSubmit a statement that cannot be parsed may be refused by the submit and get no id
     */
    public record Differences(
            boolean tagsAreSearchable,
            boolean choosesNamespace,
            boolean limitsBytes,
            boolean waitsOnServer,
            boolean closedIsKnown,
            boolean countsRows,
            boolean refusesAtSubmit) {}

    /** The client under test; the subclass closes what belongs to it after the class. */
    protected abstract StatementClient client(String httpUrl, String token, String warehouseId);

    protected abstract Differences differences();

    /** Without a session it is the warehouse that is not known. */
    protected Class<? extends DatabricksException> notFoundAtSubmit() {
        return PermanentDatabricksException.class;
    }

    /** An id of the transport's kind that no server knows. */
    protected abstract StatementId unknownId();

    /** An id of another kind. */
    protected abstract StatementId foreignId();

    private StatementClient scripted() {
        return client(SCRIPTED);
    }

    protected final StatementClient client(LocalWarehouseProcess warehouse) {
        return client(warehouse.httpUrl(), warehouse.token(), warehouse.warehouseId());
    }

    @BeforeEach
    void script() {
        SCRIPTED.clearFaults();
        SCRIPTED.clearScripts();
        SCRIPTED.script(Script.statement(SLOW).column("x", "INT").row(1).takes(Duration.ofMinutes(5)));
        SCRIPTED.script(Script.statement(QUICK).column("x", "INT").row(1));
    }

    protected static StatementRequest request(LocalWarehouseProcess warehouse, String sql) {
        return StatementRequest.of(new WarehouseId(warehouse.warehouseId()), sql);
    }

    protected static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().orTimeout(90, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    protected static Urgency now() {
        return Urgency.now(Instant.now());
    }

    protected static StatementStatus status(StatementClient client, StatementId id) {
        return get(client.status(id, now())).orElseThrow();
    }

    protected static StatementStatus ended(StatementClient client, StatementId id) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> status(client, id), StatementStatus::isTerminal);
    }

    private StatementId submit(StatementClient client, String sql) {
        return get(client.submit(request(SCRIPTED, sql))).id();
    }

    private void cancelled(StatementClient client, StatementId id) {
        // the warehouse runs a few at once only, and other tests want to run some
        assertThat(get(client.cancel(id))).isTrue();
        assertThat(ended(client, id).state()).isEqualTo(StatementState.CANCELED);
    }

    @Test
    void shouldFollowAStatementFromItsSubmitToItsPurge() {
        StatementClient client = scripted();
        StatementStatus submitted = get(client.submit(request(SCRIPTED, SLOW)));
        StatementId id = submitted.id();
        assertThat(submitted.isTerminal()).isFalse();
        assertThat(status(client, id).state()).isEqualTo(StatementState.RUNNING);
        assertThatThrownBy(() -> get(client.result(id)))
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessage("The statement has not ended yet");
        SCRIPTED.advanceClock(Duration.ofMinutes(6));
        StatementStatus end = status(client, id);
        assertThat(end.state()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(end.failure()).isNull();
        // asking again changes nothing
        assertThat(status(client, id).state()).isEqualTo(StatementState.SUCCEEDED);
        ResultSummary result = get(client.result(id));
        assertThat(result.columns()).containsExactly(new ResultColumn("x", "INT"));
        assertThat(result.status().state()).isEqualTo(StatementState.SUCCEEDED);
        SCRIPTED.advanceClock(Duration.ofHours(13));
        assertThat(get(client.status(id, now()))).isEmpty();
        assertThatThrownBy(() -> get(client.result(id))).isInstanceOf(ResultExpiredException.class);
        assertThat(get(client.cancel(id))).isFalse();
        assertThat(get(client.release(id))).isFalse();
    }

    @Test
    void shouldShowAStatementThatWaitsForItsTurn() {
        StatementClient client = scripted();
        List<StatementId> ids = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            ids.add(submit(client, SLOW));
        }
        assertThat(status(client, ids.get(10)).state()).isEqualTo(StatementState.PENDING);
        ids.forEach(id -> cancelled(client, id));
    }

    @Test
    void shouldReportWhyAStatementFailed() {
        SCRIPTED.script(Script.matching("SELECT failing.*")
                .fails(
                        "42P01",
                        "[TABLE_OR_VIEW_NOT_FOUND] The table or view `main`.`t` cannot be found in 'hidden-literal'."
                                + " SQLSTATE: 42P01")
                .takes(Duration.ofSeconds(30)));
        StatementClient client = scripted();
        StatementId id = submit(client, "SELECT failing FROM 'hidden-literal'");
        SCRIPTED.advanceClock(Duration.ofMinutes(1));
        StatementStatus end = ended(client, id);
        assertThat(end.state()).isEqualTo(StatementState.FAILED);
        assertThat(end.failure())
                .isEqualTo(
                        new StatementFailure("TABLE_OR_VIEW_NOT_FOUND", "42P01", "TABLE_OR_VIEW_NOT_FOUND `main`.`t`"));
        assertThatThrownBy(() -> get(client.result(id)))
                .isInstanceOfSatisfying(PermanentDatabricksException.class, e -> {
                    assertThat(e.getSqlState()).isEqualTo("42P01");
                    assertThat(e.getErrorCode()).isEqualTo("TABLE_OR_VIEW_NOT_FOUND");
                    assertThat(e.getState()).isEqualTo("FAILED");
                    assertThat(e.getStatementId()).isEqualTo(id.publicPart());
                })
                .hasMessageNotContaining("hidden");
        assertThat(get(client.cancel(id))).isTrue();
        assertThat(status(client, id).state()).isEqualTo(StatementState.FAILED);
    }

    @Test
    void shouldReportACollisionOfWritersAsOneThatPasses() {
        SCRIPTED.script(Script.statement("UPDATE t")
                .fails("40001", "[DELTA_CONCURRENT_APPEND] Files were added. SQLSTATE: 40001")
                .takes(Duration.ofSeconds(1)));
        StatementClient client = scripted();
        StatementId id = submit(client, "UPDATE t");
        SCRIPTED.advanceClock(Duration.ofSeconds(2));
        assertThat(status(client, id).failure().sqlState()).isEqualTo("40001");
        assertThatThrownBy(() -> get(client.result(id))).isInstanceOf(TransientDatabricksException.class);
    }

    @Test
    void shouldReportAStatementThatSomebodyElseCancelled() {
        SCRIPTED.script(Script.statement("SELECT doomed").canceled().takes(Duration.ofSeconds(1)));
        StatementClient client = scripted();
        StatementId id = submit(client, "SELECT doomed");
        SCRIPTED.advanceClock(Duration.ofSeconds(2));
        assertThat(status(client, id).state()).isEqualTo(StatementState.CANCELED);
        assertThatThrownBy(() -> get(client.result(id)))
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessage("The statement was cancelled");
    }

    @Test
    void shouldCancelARunningStatementAgainAndAgain() {
        StatementClient client = scripted();
        StatementId id = submit(client, SLOW);
        cancelled(client, id);
        assertThat(get(client.cancel(id))).isTrue();
        assertThat(status(client, id).state()).isEqualTo(StatementState.CANCELED);
        assertThat(get(client.release(id))).isTrue();
    }

    @Test
    void shouldNotChangeAStatementThatHasEndedByACancel() {
        StatementClient client = scripted();
        StatementId id = submit(client, QUICK);
        assertThat(ended(client, id).state()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(get(client.cancel(id))).isTrue();
        assertThat(status(client, id).state()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(get(client.result(id)).columns()).hasSize(1);
    }

    @Test
    void shouldReleaseAResult() {
        StatementClient client = scripted();
        StatementId id = submit(client, QUICK);
        ended(client, id);
        assertThat(get(client.release(id))).isTrue();
        assertClosed(client, id);
    }

    @Test
    void shouldStopARunningStatementThatIsReleased() {
        StatementClient client = scripted();
        StatementId id = submit(client, SLOW);
        assertThat(get(client.release(id))).isTrue();
        Awaitility.await().until(() -> get(client.status(id, now()))
                .map(StatementStatus::isTerminal)
                .orElse(true));
    }

    @Test
    void shouldReportAResultThatHasExpired() {
        StatementClient client = scripted();
        StatementId id = submit(client, QUICK);
        ended(client, id);
        SCRIPTED.advanceClock(Duration.ofMinutes(61));
        assertClosed(client, id);
    }

    private void assertClosed(StatementClient client, StatementId id) {
        Optional<StatementStatus> status = get(client.status(id, now()));
        if (differences().closedIsKnown()) {
            assertThat(status.orElseThrow().state()).isEqualTo(StatementState.CLOSED);
            assertThat(status.orElseThrow().state().isSuccess()).isTrue();
        } else {
            assertThat(status).isEmpty();
        }
        assertThatThrownBy(() -> get(client.result(id)))
                .isInstanceOfSatisfying(ResultExpiredException.class, e -> assertThat(e.getStatementId())
                        .isEqualTo(id.publicPart()));
    }

    @Test
    void shouldNotKnowAStatementThatNobodySubmitted() {
        StatementClient client = scripted();
        assertThat(get(client.status(unknownId(), now()))).isEmpty();
        assertThat(get(client.cancel(unknownId()))).isFalse();
        assertThat(get(client.release(unknownId()))).isFalse();
        assertThatThrownBy(() -> get(client.result(unknownId()))).isInstanceOf(ResultExpiredException.class);
    }

    @Test
    void shouldRefuseAnIdOfAnotherTransportWithoutACall() {
        StatementClient client = scripted();
        ended(client, submit(client, QUICK));
        SCRIPTED.clearRequests();
        List<CompletionStage<?>> calls = List.of(
                client.status(foreignId(), now()),
                client.result(foreignId()),
                client.cancel(foreignId()),
                client.release(foreignId()));
        for (CompletionStage<?> call : calls) {
            assertThatThrownBy(() -> get(call))
                    .isInstanceOf(ForeignHandleException.class)
                    .hasMessageContaining(foreignId().publicPart())
                    .hasMessageNotContaining("secret");
        }
        assertThat(SCRIPTED.requests()).isEmpty();
    }

    @Test
    void shouldDescribeAResultWithoutRowsAndOneOfManyChunks() {
        SCRIPTED.script(Script.statement("SELECT nothing").column("a", "STRING").column("b", "DECIMAL(10,2)"));
        SCRIPTED.script(Script.statement("CREATE TABLE t"));
        SCRIPTED.script(
                Script.statement("SELECT much").column("x", "INT").row(1).repeat(120_000));
        StatementClient client = scripted();
        StatementId nothing = submit(client, "SELECT nothing");
        ended(client, nothing);
        assertThat(get(client.result(nothing)).columns())
                .containsExactly(new ResultColumn("a", "STRING"), new ResultColumn("b", "DECIMAL(10,2)"));
        assertThat(get(client.result(nothing)).rowCount())
                .isEqualTo(differences().countsRows() ? 0 : -1);
        StatementId ddl = submit(client, "CREATE TABLE t");
        ended(client, ddl);
        assertThat(get(client.result(ddl)).columns()).isEmpty();
        StatementId much = submit(client, "SELECT much");
        ended(client, much);
        ResultSummary summary = get(client.result(much));
        assertThat(summary.truncated()).isFalse();
        assertThat(summary.rowCount()).isEqualTo(differences().countsRows() ? 120_000 : -1);
        if (differences().countsRows()) {
            assertThat(summary.chunkCount()).isGreaterThan(1);
        }
    }

    @Test
    void shouldCutARowLimitedResultAndSaySo() {
        SCRIPTED.script(
                Script.statement("SELECT much").column("x", "INT").row(1).repeat(1_000));
        StatementClient client = scripted();
        StatementId id = get(client.submit(request(SCRIPTED, "SELECT much").withLimits(new StatementLimits(10, 0))))
                .id();
        ended(client, id);
        ResultSummary summary = get(client.result(id));
        if (differences().countsRows()) {
            assertThat(summary.rowCount()).isEqualTo(10);
            assertThat(summary.truncated()).isTrue();
        }
        // the limit does not stick to the connection
        StatementId all = submit(client, "SELECT much");
        ended(client, all);
        assertThat(get(client.result(all)).truncated()).isFalse();
        if (differences().countsRows()) {
            assertThat(get(client.result(all)).rowCount()).isEqualTo(1_000);
        }
    }

    @Test
    void shouldCutAByteLimitedResultOrRefuseTheLimit() {
        SCRIPTED.script(
                Script.statement("SELECT much").column("x", "INT").row(1).repeat(10_000));
        StatementClient client = scripted();
        StatementRequest limited = request(SCRIPTED, "SELECT much").withLimits(new StatementLimits(0, 1_000));
        if (differences().limitsBytes()) {
            StatementId id = get(client.submit(limited)).id();
            ended(client, id);
            assertThat(get(client.result(id)).truncated()).isTrue();
        } else {
            SCRIPTED.clearRequests();
            assertThatThrownBy(() -> get(client.submit(limited)))
                    .isInstanceOf(PermanentDatabricksException.class)
                    .hasMessageContaining("byteLimit=1000");
            assertThat(SCRIPTED.requests()).isEmpty();
        }
    }

    @Test
    void shouldApplyTagsToOneStatementOnly() {
        String key = "k-" + System.nanoTime();
        StatementClient client = scripted();
        StatementRequest tagged =
                request(SCRIPTED, SLOW).withTags(QueryTags.of(Map.of(QueryTags.HANDLE_KEY, key, "team", "*/ x ' --")));
        assertThat(client.capabilities().findByTag()).isEqualTo(differences().tagsAreSearchable());
        Instant clock = SCRIPTED.clock();
        TagSearch search = new TagSearch(
                tagged.warehouse(),
                QueryTags.HANDLE_KEY,
                Set.of(key, "nobody's"),
                clock.minus(Duration.ofMinutes(10)),
                clock.plus(Duration.ofMinutes(10)));
        if (differences().tagsAreSearchable()) {
            StatementId id = get(client.submit(tagged)).id();
            Map<String, FoundStatement> found = get(client.find(search));
            assertThat(found).containsOnlyKeys(key);
            assertThat(found.get(key).status().id()).isEqualTo(id);
            cancelled(client, id);
        } else {
            // the scripted engine fails what it does not know, so this is the text that it got
            SCRIPTED.script(Script.matching("SELECT slow\n/\\* query_tags: .*camel_handle=" + key + ".* \\*/")
                    .column("x", "INT"));
            StatementId id = get(client.submit(tagged)).id();
            assertThat(ended(client, id).state()).isEqualTo(StatementState.SUCCEEDED);
            assertThatThrownBy(() -> get(client.find(search))).isInstanceOf(UnsupportedOperationException.class);
        }
        StatementId untagged = submit(client, QUICK);
        assertThat(ended(client, untagged).state()).isEqualTo(StatementState.SUCCEEDED);
    }

    @Test
    void shouldAskForManyStatementsAtOnceOrSayThatItCannot() {
        StatementClient client = scripted();
        StatementId id = submit(client, QUICK);
        ended(client, id);
        assertThat(get(client.statuses(List.of(), now()))).isEmpty();
        if (client.capabilities().hasBulkStatus()) {
            Map<StatementId, StatementStatus> statuses = get(client.statuses(List.of(id, unknownId()), now()));
            assertThat(statuses).containsOnlyKeys(id);
            assertThat(statuses.get(id).state()).isEqualTo(StatementState.SUCCEEDED);
        } else {
            assertThatThrownBy(() -> get(client.statuses(List.of(id), now())))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void shouldWaitOnTheServerOrAnswerAtOnce() {
        StatementClient client = scripted();
        SCRIPTED.script(Script.statement("SELECT soon").column("x", "INT").takes(Duration.ofMillis(300)));
        assertThat(client.capabilities().serverWait()).isEqualTo(differences().waitsOnServer());
        StatementStatus status = get(client.submit(
                request(SCRIPTED, "SELECT soon").withWaitPolicy(WaitPolicy.detachAfter(Duration.ofSeconds(10)))));
        assertThat(status.isTerminal()).isEqualTo(differences().waitsOnServer());
        assertThat(ended(client, status.id()).state()).isEqualTo(StatementState.SUCCEEDED);
        StatementRequest cancelling = request(SCRIPTED, "SELECT soon")
                .withWaitPolicy(new WaitPolicy(Duration.ofSeconds(5), WaitPolicy.Then.CANCEL));
        if (differences().waitsOnServer()) {
            assertThat(get(client.submit(cancelling)).state()).isEqualTo(StatementState.SUCCEEDED);
        } else {
            assertThatThrownBy(() -> get(client.submit(cancelling)))
                    .isInstanceOf(PermanentDatabricksException.class)
                    .hasMessageContaining("serverWait");
        }
    }

    @Test
    void shouldSurviveThatTheServerForgetsItsSessions() {
        StatementClient client = scripted();
        StatementId before = submit(client, QUICK);
        ended(client, before);
        SCRIPTED.dropSessions();
        StatementId after = submit(client, QUICK);
        assertThat(ended(client, after).state()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void shouldReportAWrongToken() {
        StatementClient stranger = client(SCRIPTED.httpUrl(), "wrong-token", SCRIPTED.warehouseId());
        assertThatThrownBy(() -> get(stranger.submit(request(SCRIPTED, QUICK))))
                .isInstanceOfSatisfying(RecoverableDatabricksException.class, e -> assertThat(e.getHttpStatus())
                        .isEqualTo(401))
                .hasMessageNotContaining("wrong-token");
        assertThatThrownBy(() -> get(stranger.status(unknownId(), now())))
                .isInstanceOf(RecoverableDatabricksException.class);
    }

    static Stream<Arguments> submitsThatMayHaveStarted() {
        return Stream.of(
                Arguments.of("cut before", ConnectionReset.during(CallKind.SUBMIT), 0),
                Arguments.of("cut after", LostSubmitAnswer.afterAcceptance(), 1),
                Arguments.of("cut within", LostSubmitAnswer.inTheAnswer(), 1),
                Arguments.of("500 before", ServerError.status(500), 0),
                Arguments.of("500 after", ServerError.status(500).afterExecution(), 1),
                Arguments.of("502 before", ServerError.status(502), 0),
                Arguments.of("504 after", ServerError.status(504).afterExecution(), 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("submitsThatMayHaveStarted")
    void shouldNeverRepeatASubmitThatMayHaveStarted(String name, Fault fault, int accepted) {
        StatementClient client = scripted();
        ended(client, submit(client, QUICK));
        int before = SCRIPTED.statements().size();
        ActiveFault active = SCRIPTED.inject(fault);
        assertThatThrownBy(() -> get(client.submit(request(SCRIPTED, "SELECT quick"))))
                .isInstanceOf(SubmitOutcomeUnknownException.class)
                .hasMessageContaining("may or may not have run");
        assertThat(active.hits()).isEqualTo(1);
        assertThat(SCRIPTED.statements()).hasSize(before + accepted);
        active.close();
        // and the client works on
        assertThat(ended(client, submit(client, QUICK)).state()).isEqualTo(StatementState.SUCCEEDED);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("429", TooManyRequests.first(1).on(CallKind.SUBMIT).retryAfter(Duration.ofSeconds(1))),
                Arguments.of(
                        "503",
                        ServerError.status(503)
                                .retryAfter(Duration.ofSeconds(1))
                                .times(1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void shouldRepeatASubmitThatWasRefused(String name, Fault refusal) {
        StatementClient client = scripted();
        ended(client, submit(client, QUICK));
        int before = SCRIPTED.statements().size();
        ActiveFault active = SCRIPTED.inject(refusal);
        assertThat(ended(client, submit(client, QUICK)).state()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(active.hits()).isEqualTo(1);
        assertThat(SCRIPTED.statements()).hasSize(before + 1);
    }

    static Stream<Arguments> answersThatSayNo() {
        return Stream.of(
                Arguments.of(RefusedCall.permissionDenied(), 403, PermanentDatabricksException.class),
                Arguments.of(
                        RefusedCall.with(400, "INVALID_PARAMETER_VALUE", "hidden-literal is bad"),
                        400,
                        PermanentDatabricksException.class),
                Arguments.of(RefusedCall.with(404, "NOT_FOUND", "gone"), 404, PermanentDatabricksException.class),
                Arguments.of(RefusedCall.tokenExpired(), 401, RecoverableDatabricksException.class));
    }

    @ParameterizedTest
    @MethodSource("answersThatSayNo")
    void shouldSayThatARefusedSubmitDidNotStart(
            Fault refusal, int status, Class<? extends DatabricksException> exception) {
        StatementClient client = scripted();
        ended(client, submit(client, QUICK));
        SCRIPTED.inject(refusal);
        assertThatThrownBy(() -> get(client.submit(request(SCRIPTED, QUICK))))
                .isInstanceOf(status == 404 ? notFoundAtSubmit() : exception)
                .hasMessageNotContaining("hidden")
                .isInstanceOfSatisfying(DatabricksException.class, e -> assertThat(e.getHttpStatus())
                        .isEqualTo(status));
    }

    static Stream<Arguments> answersThatGetLost() {
        return Stream.of(
                Arguments.of("reset", ConnectionReset.duringStatus().times(1)),
                Arguments.of(
                        "half",
                        ConnectionReset.duringStatus()
                                .at(CutPoint.HALF_ANSWERED)
                                .times(1)),
                Arguments.of("429", TooManyRequests.first(1).on(CallKind.STATUS).retryAfter(Duration.ofSeconds(1))),
                Arguments.of("500", ServerError.status(500).on(CallKind.STATUS).times(1)),
                Arguments.of("502", ServerError.status(502).on(CallKind.STATUS).times(1)),
                Arguments.of(
                        "503",
                        ServerError.status(503)
                                .on(CallKind.STATUS)
                                .retryAfter(Duration.ofSeconds(1))
                                .times(1)),
                Arguments.of("504", ServerError.status(504).on(CallKind.STATUS).times(1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersThatGetLost")
    void shouldNeverTakeAStatusThatGotLostForAnEnd(String name, Fault fault) {
        StatementClient client = scripted();
        StatementId id = submit(client, QUICK);
        ended(client, id);
        ActiveFault active = SCRIPTED.inject(fault);
        try {
            assertThat(get(client.status(id, now()))).isPresent();
        } catch (TransientDatabricksException e) {
            assertThat(e.getStatementId()).isEqualTo(id.publicPart());
        }
        assertThat(active.hits()).isEqualTo(1);
        assertThat(status(client, id).state()).isEqualTo(StatementState.SUCCEEDED);
    }

    @Test
    void shouldGiveUpOnAStatusThatIsRefusedAgainAndAgain() {
        StatementClient client = scripted();
        StatementId id = submit(client, QUICK);
        SCRIPTED.inject(ServerError.status(500).on(CallKind.STATUS));
        assertThatThrownBy(() -> get(client.status(id, now())))
                .isInstanceOfSatisfying(TransientDatabricksException.class, e -> assertThat(e.getStatementId())
                        .isEqualTo(id.publicPart()));
        assertThatThrownBy(() -> get(client.result(id))).isInstanceOf(TransientDatabricksException.class);
    }

    @Test
    void shouldReportAStatementThatWasPurged() {
        StatementClient client = scripted();
        StatementId id = submit(client, QUICK);
        SCRIPTED.inject(new PurgedStatement());
        assertThat(get(client.status(id, now()))).isEmpty();
        assertThat(get(client.cancel(id))).isFalse();
        assertThat(get(client.release(id))).isFalse();
        assertThatThrownBy(() -> get(client.result(id))).isInstanceOf(ResultExpiredException.class);
    }

    @Test
    void shouldSubmitAgainInAnotherSessionWhenTheServerForgotTheFirst() {
        StatementClient client = scripted();
        ended(client, submit(client, QUICK));
        int before = SCRIPTED.statements().size();
        SCRIPTED.inject(new SessionExpired().times(1));
        assertThat(ended(client, submit(client, QUICK)).state()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(SCRIPTED.statements()).hasSize(before + 1);
    }

    @Test
    void shouldBindParametersOfEveryTypeOnSpark() {
        StatementClient client = client(SPARK);
        String sql =
                "SELECT :bool AND :bool AS bool, :tiny AS tiny, :small AS small, :i + 1 AS i, :big AS big, :f AS f,"
                        + " :d AS d, :dec * 2 AS dec, :s AS s, ':i' AS literal, :dt AS dt, :ts AS ts, :ntz AS ntz,"
                        + " :nothing AS nothing, :empty AS empty, :i::STRING AS cast -- :i ?\n";
        StatementRequest request = request(SPARK, sql)
                .withParameters(List.of(
                        new StatementParameter("bool", "BOOLEAN", "true"),
                        new StatementParameter("tiny", "TINYINT", "-128"),
                        new StatementParameter("small", "SMALLINT", "32767"),
                        new StatementParameter("i", "INT", "41"),
                        new StatementParameter("big", "BIGINT", "9223372036854775807"),
                        new StatementParameter("f", "FLOAT", "1.5"),
                        new StatementParameter("d", "DOUBLE", "-2.25"),
                        new StatementParameter("dec", "DECIMAL(10,2)", "12.30"),
                        new StatementParameter("s", "STRING", "it's; -- \u20ac ? :i"),
                        new StatementParameter("dt", "DATE", "2024-02-29"),
                        new StatementParameter("ts", "TIMESTAMP", "2024-02-29T12:34:56.789Z"),
                        new StatementParameter("ntz", "TIMESTAMP_NTZ", "2024-02-29T12:34:56"),
                        new StatementParameter("nothing", "INT", null),
                        new StatementParameter("empty", "STRING", "")))
                .withTags(QueryTags.of(Map.of("team", "t")));
        StatementId id = get(client.submit(request)).id();
        assertThat(ended(client, id).failure()).isNull();
        ResultSummary summary = get(client.result(id));
        assertThat(summary.columns())
                .extracting(column -> column.name() + " " + column.type())
                .containsExactly(
                        "bool BOOLEAN",
                        "tiny TINYINT",
                        "small SMALLINT",
                        "i INT",
                        "big BIGINT",
                        "f FLOAT",
                        "d DOUBLE",
                        "dec DECIMAL(12,2)",
                        "s STRING",
                        "literal STRING",
                        "dt DATE",
                        "ts TIMESTAMP",
                        "ntz TIMESTAMP_NTZ",
                        "nothing INT",
                        "empty STRING",
                        "cast STRING");
        assertThat(rows(id))
                .containsExactly(
                        "true|-128|32767|42|9223372036854775807|1.5|-2.25|24.60|it's; -- \u20ac ? :i|:i|2024-02-29|"
                                + "2024-02-29 12:34:56.789|2024-02-29 12:34:56.0|null||41");
    }

    /** The rows of a statement on Spark as the driver reads them, cells joined with bars. */
    protected abstract List<String> rows(StatementId id);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT 'hidden-literal' FRM nowhere                  | PARSE_SYNTAX_ERROR      | 42601
            SELECT 'hidden-literal' FROM no_such_table_anywhere  | TABLE_OR_VIEW_NOT_FOUND | 42P01
            SELECT no_such_column, 'hidden-literal'              | UNRESOLVED_COLUMN.WITHOUT_SUGGESTION | 42703
            SELECT :unbound, 'hidden-literal'                    | UNBOUND_SQL_PARAMETER   | 42P02
            """)
    void shouldReportAStatementThatSparkRefuses(String sql, String errorCode, String sqlState) {
        StatementClient client = client(SPARK);
        StatementFailure failure;
        try {
            StatementId id = get(client.submit(request(SPARK, sql))).id();
            StatementStatus end = ended(client, id);
            assertThat(end.state()).isEqualTo(StatementState.FAILED);
            failure = end.failure();
        } catch (PermanentDatabricksException e) {
            assertThat(differences().refusesAtSubmit()).isTrue();
            failure = new StatementFailure(e.getErrorCode(), e.getSqlState(), e.getMessage());
        }
        assertThat(failure.errorCode()).isEqualTo(errorCode);
        assertThat(failure.sqlState()).isEqualTo(sqlState);
        assertThat(failure.message()).doesNotContain("hidden");
    }

    @Test
    void shouldRunInTheNamespaceThatIsAskedForOrRefuse() {
        StatementClient client = client(SPARK);
        StatementId create = get(client.submit(request(SPARK, "CREATE SCHEMA IF NOT EXISTS main.contract_other")))
                .id();
        assertThat(ended(client, create).failure()).isNull();
        StatementRequest request = request(SPARK, "SELECT current_catalog(), current_schema()");
        StatementRequest other = request.withNamespace("main", "contract_other");
        if (differences().choosesNamespace()) {
            StatementId id = get(client.submit(other)).id();
            assertThat(ended(client, id).state()).isEqualTo(StatementState.SUCCEEDED);
            assertThat(rows(id)).containsExactly("main|contract_other");
        } else {
            assertThatThrownBy(() -> get(client.submit(other)))
                    .isInstanceOf(PermanentDatabricksException.class)
                    .hasMessageContaining("contract_other")
                    .hasMessageContaining("asyncTransport=REST");
        }
        StatementId id =
                get(client.submit(request.withNamespace("main", "default"))).id();
        assertThat(ended(client, id).state()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(rows(id)).containsExactly("main|default");
    }

    @Test
    void shouldFindAStatementOfAnotherClient() {
        StatementId id = submit(scripted(), QUICK);
        StatementClient other = client(SCRIPTED);
        assertThat(other.capabilities().reattach()).isTrue();
        assertThat(ended(other, id).state()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(get(other.result(id)).columns()).hasSize(1);
        assertThat(get(other.release(id))).isTrue();
    }
}
