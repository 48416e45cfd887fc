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
package io.cameldatabricks.component.client.sea;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.component.client.FoundStatement;
import io.cameldatabricks.component.client.ResultSummary;
import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.client.TagSearch;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RateLimitedException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.ResultExpiredException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.retry.RateLimiter;
import io.cameldatabricks.component.retry.RateLimits;
import io.cameldatabricks.component.retry.RetryPolicy;
import io.cameldatabricks.component.retry.SkippingTime;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementLimits;
import io.cameldatabricks.component.statement.StatementParameter;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.UnknownStatementStateException;
import io.cameldatabricks.component.statement.WaitPolicy;
import io.cameldatabricks.component.statement.WarehouseId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SeaProtocolTest {

    private static final String SECRET_SQL = "select 'hidden-literal' where x = :p";
    private static final StatementId ID = StatementId.of("01f0-1");
    private static final String RUNNING = "{\"statement_id\":\"01f0-1\",\"status\":{\"state\":\"RUNNING\"}}";

    private final SkippingTime time = new SkippingTime();
    private final Bearers bearers = new Bearers();
    private RawServer server;
    private StatementClient client;

    private static final class Bearers implements BearerSource {
        private volatile String current = "token-1";
        private volatile String next = "token-1";

        @Override
        public CompletionStage<String> bearer() {
            return CompletableFuture.completedFuture(current);
        }

        @Override
        public void refused(String bearer) {
            current = next;
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = new RawServer(0);
        client = client(server.port());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private StatementClient client(int port) {
        SeaSettings settings = new SeaSettings(
                URI.create("http://127.0.0.1:" + port),
                "camel-databricks/test",
                Map.of("X-Extra", "yes"),
                Duration.ofMillis(700),
                RetryPolicy.forReads(),
                RetryPolicy.forSubmit());
        return new SeaClients(ForkJoinPool.commonPool(), time, time, new Random(1), null)
                .create(settings, bearers, new RateLimiter(RateLimits.standard(), time, time));
    }

    private static StatementRequest request() {
        return StatementRequest.of(new WarehouseId("w1"), SECRET_SQL)
                .withParameters(List.of(new StatementParameter("p", "STRING", "hidden-value")));
    }

    private StatementStatus submit() {
        return get(client.submit(request()));
    }

    private Optional<StatementStatus> status() {
        return get(client.status(ID, Urgency.now(time.instant())));
    }

    private static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    static Stream<Arguments> linksThatBreakAfterTheRequest() {
        return Stream.of(
                Arguments.of("cut after the request", RawServer.CUT_AFTER_REQUEST),
                Arguments.of("cut during the answer", RawServer.halfAnAnswer(RUNNING, false)),
                Arguments.of("stall", RawServer.STALL),
                Arguments.of("stall during the answer", RawServer.halfAnAnswer(RUNNING, true)),
                Arguments.of("500", RawServer.answer(500, "{}")),
                Arguments.of("502", RawServer.answer(502, "<html>bad gateway</html>")),
                Arguments.of("504", RawServer.answer(504, "")),
                Arguments.of("408", RawServer.answer(408, "")),
                Arguments.of("302", RawServer.answer(302, "", "Location: http://127.0.0.1:1/")),
                Arguments.of("no JSON", RawServer.answer(200, "<html>login</html>")),
                Arguments.of("half JSON", RawServer.answer(200, RUNNING.substring(0, 30))),
                Arguments.of("two JSONs", RawServer.answer(200, RUNNING + RUNNING)),
                Arguments.of("an array", RawServer.answer(200, "[]")),
                Arguments.of("nothing", RawServer.answer(200, "")),
                Arguments.of("no id", RawServer.answer(200, "{\"status\":{\"state\":\"RUNNING\"}}")),
                Arguments.of("a number as id", RawServer.answer(200, "{\"statement_id\":7}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("linksThatBreakAfterTheRequest")
    void shouldNeverRepeatASubmitThatMayHaveStarted(String name, RawServer.Step step) {
        server.always(step);

        assertThatThrownBy(this::submit)
                .isInstanceOf(SubmitOutcomeUnknownException.class)
                .hasMessageNotContaining("hidden");
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void shouldNotKnowWhatBecameOfASubmitThatWasCutWhileItWasSent() {
        server.always(RawServer.CUT_DURING_REQUEST);

        assertThatThrownBy(this::submit).isInstanceOf(SubmitOutcomeUnknownException.class);
        assertThat(server.received()).isEmpty();
    }

    @Test
    void shouldNotSubmitTwiceWhenTheConnectionIsCutBeforeTheRequest() {
        server.then(RawServer.CUT_BEFORE_REQUEST).always(RawServer.answer(200, RUNNING));

        // whether the request was on its way when the cut came is a matter of microseconds
        try {
            assertThat(submit().id()).isEqualTo(ID);
            assertThat(server.received()).hasSize(1);
        } catch (SubmitOutcomeUnknownException e) {
            assertThat(server.received()).isEmpty();
        }
    }

    @Test
    void shouldRepeatASubmitWhenNobodyListened() throws IOException {
        int port = server.port();
        server.close();

        CompletionStage<StatementStatus> pending = client(port).submit(request());
        assertThatThrownBy(() -> get(pending))
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessageContaining("could not be reached");
        assertThat(time.waits()).hasSizeGreaterThanOrEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void shouldRepeatASubmitAfterARefusal(int refusal) {
        server.then(RawServer.answer(refusal, "{}", "Retry-After: 3"), RawServer.answer(refusal, "{}"))
                .always(RawServer.answer(200, RUNNING));

        assertThat(submit().state()).isEqualTo(StatementState.RUNNING);
        assertThat(server.received()).hasSize(3);
        assertThat(time.waits()).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(3)) >= 0);
    }

    @Test
    void shouldGiveUpASubmitThatIsRefusedAgainAndAgainAndSayThatNothingStarted() {
        server.always(RawServer.answer(429, "{\"error_code\":\"RESOURCE_EXHAUSTED\",\"message\":\"hidden\"}"));

        assertThatThrownBy(this::submit)
                .isInstanceOf(RateLimitedException.class)
                .hasMessageContaining("RESOURCE_EXHAUSTED")
                .hasMessageNotContaining("hidden");
        assertThat(server.received()).hasSize(5);
    }

    @Test
    void shouldHonourRetryAfterAsADate() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                time.instant().plusSeconds(20).atOffset(ZoneOffset.UTC));
        server.then(RawServer.answer(429, "{}", "Retry-After: " + date)).always(RawServer.answer(200, RUNNING));

        assertThat(status()).isPresent();
        assertThat(time.waits()).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(18)) >= 0);
    }

    static Stream<Arguments> linksThatAReadMayRepeat() {
        return Stream.of(
                Arguments.of("cut before the request", RawServer.CUT_BEFORE_REQUEST),
                Arguments.of("cut after the request", RawServer.CUT_AFTER_REQUEST),
                Arguments.of("cut during the answer", RawServer.halfAnAnswer(RUNNING, false)),
                Arguments.of("stall", RawServer.STALL),
                Arguments.of("stall during the answer", RawServer.halfAnAnswer(RUNNING, true)),
                Arguments.of("500", RawServer.answer(500, "{}")),
                Arguments.of("503", RawServer.answer(503, "{}", "Retry-After: 1")),
                Arguments.of("504", RawServer.answer(504, "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("linksThatAReadMayRepeat")
    void shouldRepeatARead(String name, RawServer.Step step) {
        server.then(step).always(RawServer.answer(200, RUNNING));

        assertThat(status().orElseThrow().state()).isEqualTo(StatementState.RUNNING);
        assertThat(server.received().size()).isBetween(1, 2);
    }

    @Test
    void shouldCallABrokenReadTransient() {
        server.always(RawServer.CUT_AFTER_REQUEST);

        assertThatThrownBy(this::status).isInstanceOf(TransientDatabricksException.class);
        // the HTTP client of the JDK repeats a GET once by itself when the connection was cut, but never a POST
        assertThat(server.received()).hasSizeBetween(5, 10);
    }

    @Test
    void shouldReadAFailureThatComesAsASuccessOfHttp() {
        server.always(RawServer.answer(
                200,
                "{\"statement_id\":\"01f0-1\",\"status\":{\"state\":\"FAILED\",\"sql_state\":\"42P01\",\"error\":{"
                        + "\"error_code\":\"BAD_REQUEST\",\"message\":\"[TABLE_OR_VIEW_NOT_FOUND] The table `a`.`b` in"
                        + " hidden-literal\"}}}"));

        StatementStatus status = submit();

        assertThat(status.state()).isEqualTo(StatementState.FAILED);
        assertThat(status.failure().errorCode()).isEqualTo("TABLE_OR_VIEW_NOT_FOUND");
        assertThat(status.failure().sqlState()).isEqualTo("42P01");
        assertThat(status.failure().message()).contains("`a`.`b`").doesNotContain("hidden");
        assertThatThrownBy(() -> get(client.result(ID)))
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void shouldNameAnUnknownStateAndYetKeepTheIdOfASubmit() {
        server.always(RawServer.answer(200, RUNNING.replace("RUNNING", "THROTTLED")));

        assertThat(submit().id()).isEqualTo(ID);
        assertThatThrownBy(this::status)
                .isInstanceOf(UnknownStatementStateException.class)
                .hasMessageContaining("THROTTLED");
    }

    /** Else it would be reported as one that was never found. */
    @Test
    void shouldFindAStatementInAStateThatItDoesNotKnow() {
        server.always(RawServer.answer(200, """
                {"res":[{"query_id":"01f0-1","status":"THROTTLED",
                "query_tags":[{"key":"camel_handle","value":"k1"}]}]}"""));

        Map<String, FoundStatement> found = get(client.find(new TagSearch(
                new WarehouseId("w1"),
                "camel_handle",
                Set.of("k1"),
                time.instant(),
                time.instant().plusSeconds(60))));

        assertThat(found).containsOnlyKeys("k1");
        assertThat(found.get("k1").status().id()).isEqualTo(ID);
        assertThat(found.get("k1").status().isTerminal()).isFalse();
        assertThat(found.get("k1").startedAt()).as("the server does not tell").isEqualTo(time.instant());
    }

    @Test
    void shouldCountClosedAsASuccessWhoseRowsAreGone() {
        server.always(RawServer.answer(200, RUNNING.replace("RUNNING", "CLOSED")));

        assertThat(status().orElseThrow().state().isSuccess()).isTrue();
        assertThatThrownBy(() -> get(client.result(ID))).isInstanceOf(ResultExpiredException.class);
    }

    @Test
    void shouldBelieveOnlyTheApiThatAStatementIsGone() {
        server.then(RawServer.answer(404, "{\"error_code\":\"NOT_FOUND\",\"message\":\"x\"}"))
                .then(RawServer.answer(404, "<html>no such page</html>"))
                .then(RawServer.answer(404, "{\"error_code\":\"FEATURE_DISABLED\"}"));

        assertThat(status()).isEmpty();
        assertThatThrownBy(this::status).isInstanceOf(DatabricksException.class);
        assertThatThrownBy(this::status).isInstanceOf(DatabricksException.class);
    }

    @Test
    void shouldNotTakeAnAnswerAboutAnotherStatement() {
        server.always(RawServer.answer(200, RUNNING.replace("01f0-1", "01f0-2").replace("RUNNING", "SUCCEEDED")));

        assertThatThrownBy(this::status).isInstanceOf(TransientDatabricksException.class);
    }

    @Test
    void shouldRenewARefusedTokenOnce() {
        bearers.next = "token-2";
        server.then(RawServer.answer(401, "{}")).always(RawServer.answer(200, RUNNING));

        assertThat(submit().id()).isEqualTo(ID);
        assertThat(server.received())
                .extracting(received -> received.header("Authorization"))
                .containsExactly("Bearer token-1", "Bearer token-2");
    }

    @Test
    void shouldNotCallAgainWithTheTokenThatWasRefused() {
        server.always(RawServer.answer(401, "{\"error_code\":\"UNAUTHENTICATED\"}"));

        assertThatThrownBy(this::status)
                .isInstanceOf(RecoverableDatabricksException.class)
                .hasMessageNotContaining("token-1");
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void shouldHideWhyThereIsNoToken() {
        StatementClient poor = new SeaClients(ForkJoinPool.commonPool(), time, time, new Random(1), null)
                .create(
                        SeaSettings.of(URI.create("http://127.0.0.1:" + server.port()), "x"),
                        () -> CompletableFuture.failedFuture(new IllegalStateException("client_secret=hidden")),
                        new RateLimiter(RateLimits.standard(), time, time));

        assertThatThrownBy(() -> get(poor.submit(request())))
                .isInstanceOf(RecoverableDatabricksException.class)
                .satisfies(e -> assertThat(e).hasStackTraceContaining("IllegalStateException"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hidden"))
                .hasNoCause();
        assertThat(server.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 413, 409})
    void shouldSayThatARefusedSubmitDidNotStart(int status) {
        server.always(RawServer.answer(
                status,
                "{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"bad statement: " + "hidden-literal"
                        + "\"}"));

        assertThatThrownBy(this::submit)
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("INVALID_PARAMETER_VALUE")
                .hasMessageNotContaining("hidden");
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void shouldSendAllPartsOfARequest() {
        server.always(RawServer.answer(200, RUNNING));
        get(client.submit(request()
                .withNamespace("main", "sales")
                .withLimits(new StatementLimits(10, 2048))
                .withTags(QueryTags.of(Map.of("camel_handle", "k-1")))
                .withWaitPolicy(new WaitPolicy(Duration.ofSeconds(10), WaitPolicy.Then.CANCEL))));
        RawServer.Received received = server.received().get(0);

        assertThat(received.line()).isEqualTo("POST /api/2.0/sql/statements/ HTTP/1.1");
        assertThat(received.header("User-Agent")).isEqualTo("camel-databricks/test");
        assertThat(received.header("X-Extra")).isEqualTo("yes");
        assertThat(received.body())
                .contains(
                        "\"statement\":\"" + SECRET_SQL + "\"",
                        "\"warehouse_id\":\"w1\"",
                        "\"catalog\":\"main\"",
                        "\"schema\":\"sales\"",
                        "\"row_limit\":10",
                        "\"byte_limit\":2048",
                        "\"wait_timeout\":\"10s\"",
                        "\"on_wait_timeout\":\"CANCEL\"",
                        "\"disposition\":\"EXTERNAL_LINKS\"",
                        "\"format\":\"ARROW_STREAM\"",
                        "{\"type\":\"STRING\",\"name\":\"p\",\"value\":\"hidden-value\"}",
                        "{\"key\":\"camel_handle\",\"value\":\"k-1\"}")
                .doesNotContain("null");
    }

    @Test
    void shouldDescribeARowlessResultAndLinksWithoutPrintingThem() {
        server.then(RawServer.answer(
                        200,
                        "{\"statement_id\":\"01f0-1\",\"status\":{\"state\":\"SUCCEEDED\"},\"manifest\":{\"schema\":"
                                + "{\"column_count\":0},\"total_chunk_count\":0,\"total_row_count\":0},\"result\":{}}"))
                .then(RawServer.answer(
                        200,
                        "{\"statement_id\":\"01f0-1\",\"status\":{\"state\":\"SUCCEEDED\"},\"manifest\":{\"schema\":"
                                + "{\"columns\":[{\"name\":\"x\",\"type_text\":\"INT\"}]},\"total_chunk_count\":2,"
                                + "\"total_row_count\":7,\"truncated\":true},\"result\":{\"external_links\":[{"
                                + "\"external_link\":\"https://store/f?sig=hidden\",\"expiration\":"
                                + "\"2026-03-01T10:15:00.123Z\",\"chunk_index\":0,\"row_count\":5,\"http_headers\":"
                                + "{\"a\":\"b\"}}]}}"));

        assertThat(get(client.result(ID)).columns()).isEmpty();
        ResultSummary linked = get(client.result(ID));

        assertThat(linked.truncated()).isTrue();
        assertThat(linked.rowCount()).isEqualTo(7);
        assertThat(linked.links()).hasSize(1);
        assertThat(linked.links().get(0).headers()).containsEntry("a", "b");
        assertThat(linked.toString() + linked.links()).doesNotContain("hidden");
    }

    @Test
    void shouldReportWhetherACancelFoundItsStatement() {
        server.then(RawServer.answer(200, "{}"), RawServer.answer(404, "{\"error_code\":\"NOT_FOUND\"}"))
                .then(RawServer.answer(200, "{}"));

        assertThat(get(client.cancel(ID))).isTrue();
        assertThat(get(client.cancel(ID))).isFalse();
        assertThat(get(client.release(ID))).isTrue();
        assertThat(server.received())
                .extracting(RawServer.Received::line)
                .containsExactly(
                        "POST /api/2.0/sql/statements/01f0-1/cancel HTTP/1.1",
                        "POST /api/2.0/sql/statements/01f0-1/cancel HTTP/1.1",
                        "DELETE /api/2.0/sql/statements/01f0-1 HTTP/1.1");
    }
}
