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

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.client.FoundStatement;
import io.cameldatabricks.component.client.ResultSummary;
import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.client.TagSearch;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.ResultExpiredException;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.retry.RateLimiter;
import io.cameldatabricks.component.retry.RateLimits;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.component.statement.ResultDisposition;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementParameter;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.WaitPolicy;
import io.cameldatabricks.component.statement.WarehouseId;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SeaStatementClientIT {

    @RegisterExtension
    static final LocalWarehouse SCRIPTED = LocalWarehouse.scripted();

    @RegisterExtension
    static final LocalWarehouse SPARK = LocalWarehouse.create();

    private static final String SLOW = "SELECT slow";
    private static final RateLimits UNLIMITED = new RateLimits(10_000, 1_000, 10_000, 10, 0.7, Duration.ofSeconds(1));

    private final StatementClient scripted = client(SCRIPTED, SCRIPTED.token());

    @BeforeEach
    void script() {
        SCRIPTED.clearScripts();
        SCRIPTED.script(Script.statement(SLOW).column("x", "INT").row(1).takes(Duration.ofMinutes(5)));
    }

    private static StatementClient client(LocalWarehouseProcess warehouse, String token) {
        Delayer delayer = Delayer.on(ForkJoinPool.commonPool());
        InstantSource clock = InstantSource.system();
        return new SeaClients(ForkJoinPool.commonPool(), clock, delayer, new Random(), null)
                .create(
                        SeaSettings.of(URI.create(warehouse.httpUrl()), "camel-databricks/test"),
                        () -> CompletableFuture.completedFuture(token),
                        new RateLimiter(UNLIMITED, clock, delayer));
    }

    private static StatementRequest request(LocalWarehouseProcess warehouse, String sql) {
        return StatementRequest.of(new WarehouseId(warehouse.warehouseId()), sql);
    }

    private static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().orTimeout(90, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private static Urgency now() {
        return Urgency.now(Instant.now());
    }

    @Test
    void shouldFollowAStatementFromItsSubmitToItsPurge() {
        StatementStatus submitted = get(scripted.submit(request(SCRIPTED, SLOW)));
        StatementId id = submitted.id();

        assertThat(submitted.isTerminal()).isFalse();
        assertThat(get(scripted.status(id, now())).orElseThrow().isTerminal()).isFalse();
        SCRIPTED.advanceClock(Duration.ofMinutes(6));
        assertThat(get(scripted.status(id, now())).orElseThrow().state()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(get(scripted.result(id)).rowCount()).isEqualTo(1);
        // the scripted engine knows no Arrow, so its rows come within the answer
        assertThat(get(scripted.result(id)).rows()).containsExactly(List.of("1"));
        SCRIPTED.advanceClock(Duration.ofHours(13));
        assertThat(get(scripted.status(id, now()))).isEmpty();
        assertThatThrownBy(() -> get(scripted.result(id))).isInstanceOf(ResultExpiredException.class);
    }

    @Test
    void shouldAskForManyStatementsInOneRequest() {
        List<StatementId> ids = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ids.add(get(scripted.submit(request(SCRIPTED, SLOW))).id());
        }
        get(scripted.cancel(ids.get(0)));
        Awaitility.await()
                .until(() ->
                        get(scripted.status(ids.get(0), now())).orElseThrow().isTerminal());
        SCRIPTED.clearRequests();

        Map<StatementId, StatementStatus> statuses = get(scripted.statuses(ids, now()));

        assertThat(SCRIPTED.requests()).hasSize(1);
        assertThat(statuses).containsOnlyKeys(ids);
        assertThat(statuses.get(ids.get(0)).state()).isEqualTo(StatementState.CANCELED);
        assertThat(statuses.get(ids.get(0)).endedAt()).isNotNull();
        assertThat(statuses.get(ids.get(99)).isTerminal()).isFalse();
        // the warehouse runs a few at once only, and other tests want to run some
        ids.forEach(id -> get(scripted.cancel(id)));
    }

    @Test
    void shouldFindAStatementByItsTag() {
        String key = UUID.randomUUID().toString();
        String other = UUID.randomUUID().toString();
        StatementId id = tagged(key);
        StatementId otherId = tagged(other);
        tagged("nobody asks for this one");
        Instant now = SCRIPTED.clock();
        TagSearch search = new TagSearch(
                new WarehouseId(SCRIPTED.warehouseId()),
                QueryTags.HANDLE_KEY,
                Set.of(key, other, "nobody's"),
                now.minusSeconds(600),
                now.plusSeconds(600));

        Map<String, FoundStatement> found = get(scripted.find(search));

        assertThat(found).containsOnlyKeys(key, other);
        assertThat(found.get(key).status().id()).isEqualTo(id);
        assertThat(found.get(key).startedAt()).isBetween(now.minusSeconds(60), now.plusSeconds(60));
        assertThat(found.get(other).status().id()).isEqualTo(otherId);
    }

    /** A page of the history has 999 entries at most. */
    @Test
    void shouldFindTagsInAHistoryOfManyPages() {
        SCRIPTED.script(Script.statement("SELECT quick").column("x", "INT").row(1));
        Instant begin = SCRIPTED.clock();
        List<CompletionStage<StatementStatus>> submitted = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            if (i % 200 == 0) {
                submitted.forEach(SeaStatementClientIT::get);
                SCRIPTED.advanceClock(Duration.ofSeconds(1));
            }
            submitted.add(scripted.submit(request(SCRIPTED, "SELECT quick")
                    .withTags(QueryTags.of(Map.of(QueryTags.HANDLE_KEY, "of-many-" + i)))));
        }
        submitted.forEach(SeaStatementClientIT::get);
        Set<String> wanted = Set.of("of-many-0", "of-many-1", "of-many-555", "of-many-1199");
        SCRIPTED.clearRequests();

        Map<String, FoundStatement> found = get(scripted.find(new TagSearch(
                new WarehouseId(SCRIPTED.warehouseId()),
                QueryTags.HANDLE_KEY,
                Set.of("of-many-0", "of-many-1", "of-many-555", "of-many-1199", "nobody's"),
                begin.minusSeconds(1),
                SCRIPTED.clock().plusSeconds(1))));

        assertThat(found).containsOnlyKeys(wanted);
        for (String key : wanted) {
            int number = Integer.parseInt(key.substring("of-many-".length()));
            assertThat(found.get(key).status().id())
                    .isEqualTo(get(submitted.get(number)).id());
        }
        assertThat(SCRIPTED.requests()).hasSizeBetween(2, 7);
    }

    private StatementId tagged(String key) {
        return get(scripted.submit(request(SCRIPTED, SLOW).withTags(QueryTags.of(Map.of(QueryTags.HANDLE_KEY, key)))))
                .id();
    }

    @Test
    void shouldCancelAndSeeTheEnd() {
        StatementId id = get(scripted.submit(request(SCRIPTED, SLOW))).id();

        assertThat(get(scripted.cancel(id))).isTrue();
        Awaitility.await().untilAsserted(() -> assertThat(
                        get(scripted.status(id, now())).orElseThrow().state())
                .isEqualTo(StatementState.CANCELED));
        assertThatThrownBy(() -> get(scripted.result(id))).isInstanceOf(PermanentDatabricksException.class);
        assertThat(get(scripted.cancel(StatementId.of("01f0-nobody")))).isFalse();
    }

    @Test
    void shouldReleaseAResult() {
        StatementId id = get(scripted.submit(
                        request(SCRIPTED, "SELECT 1").withWaitPolicy(WaitPolicy.detachAfter(Duration.ofSeconds(10)))))
                .id();

        assertThat(get(scripted.release(id))).isTrue();
        assertThatThrownBy(() -> get(scripted.result(id))).isInstanceOf(ResultExpiredException.class);
    }

    @Test
    void shouldReportAWrongToken() {
        StatementClient stranger = client(SCRIPTED, "wrong-token");

        assertThatThrownBy(() -> get(stranger.submit(request(SCRIPTED, SLOW))))
                .isInstanceOf(RecoverableDatabricksException.class)
                .hasMessageNotContaining("wrong-token");
    }

    @Test
    void shouldBindParametersOnSpark() {
        StatementClient spark = client(SPARK, SPARK.token());
        StatementRequest request = request(SPARK, "SELECT :a + 1 AS n, :b AS s, CAST(:c AS DATE) AS d")
                .withParameters(List.of(
                        new StatementParameter("a", "INT", "41"),
                        new StatementParameter("b", "STRING", "it's; -- \u20ac"),
                        new StatementParameter("c", "DATE", null)))
                .withDisposition(ResultDisposition.INLINE)
                .withWaitPolicy(WaitPolicy.detachAfter(Duration.ofSeconds(50)));

        StatementStatus status = get(spark.submit(request));
        ResultSummary result = get(spark.result(status.id()));

        assertThat(status.state()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(result.rows()).hasSize(1);
        assertThat(result.rows().get(0)).containsExactly("42", "it's; -- \u20ac", null);
        assertThat(result.columns()).extracting("name").containsExactly("n", "s", "d");
    }

    @Test
    void shouldReportAFailureOfSparkWithoutItsText() {
        StatementClient spark = client(SPARK, SPARK.token());
        StatementRequest request = request(SPARK, "SELECT 'hidden-literal' FROM no_such_table_of_this_test")
                .withWaitPolicy(WaitPolicy.detachAfter(Duration.ofSeconds(50)));

        StatementStatus status = get(spark.submit(request));

        assertThat(status.state()).isEqualTo(StatementState.FAILED);
        assertThat(status.failure().errorCode()).isEqualTo("TABLE_OR_VIEW_NOT_FOUND");
        assertThat(status.failure().message())
                .contains("no_such_table_of_this_test")
                .doesNotContain("hidden");
    }
}
