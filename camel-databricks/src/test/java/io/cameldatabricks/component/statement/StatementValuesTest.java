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
package io.cameldatabricks.component.statement;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StatementValuesTest {

    private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void shouldCountClosedAsSuccess() {
        assertThat(Arrays.stream(StatementState.values()).filter(StatementState::isSuccess))
                .containsExactlyInAnyOrder(StatementState.SUCCEEDED, StatementState.CLOSED);
        assertThat(Arrays.stream(StatementState.values()).filter(StatementState::isTerminal))
                .containsExactlyInAnyOrder(
                        StatementState.SUCCEEDED,
                        StatementState.CLOSED,
                        StatementState.FAILED,
                        StatementState.CANCELED);
        assertThat(StatementState.CLOSED.hasResult()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "running", "CANCELLED", "FINISHED", "RUNNING "})
    void shouldNameAnUnknownStateInsteadOfGuessing(String word) {
        assertThatThrownBy(() -> StatementState.of(word)).isInstanceOf(UnknownStatementStateException.class);
    }

    @Test
    void shouldShowAnUnknownStateOnlyIfItIsAWord() {
        assertThatThrownBy(() -> StatementState.of("THROTTLED")).hasMessageContaining("THROTTLED");
        assertThatThrownBy(() -> StatementState.of("select 'x'")).hasMessageNotContaining("select");
        assertThatThrownBy(() -> StatementState.of(null)).isInstanceOf(UnknownStatementStateException.class);
    }

    @Test
    void shouldHideTheSecretOfAnId() {
        StatementId id = StatementId.of("0c3e|hush");

        assertThat(id.toString()).isEqualTo("0c3e|xxxxxx");
        assertThat(id.publicPart()).isEqualTo("0c3e");
        assertThat(id.reveal()).isEqualTo("0c3e|hush");
        assertThatThrownBy(() -> StatementId.of("hush hush")).hasMessageNotContaining("hush");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4, 51, 3600, -5})
    void shouldKnowTheWaitsThatTheServiceTakes(long seconds) {
        assertThatThrownBy(() -> WaitPolicy.detachAfter(Duration.ofSeconds(seconds)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(WaitPolicy.detachAfter(Duration.ofSeconds(5)).then()).isEqualTo(WaitPolicy.Then.DETACH);
        assertThatThrownBy(() -> WaitPolicy.detachAfter(Duration.ofMillis(5500)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " a", "a,b", "a:b", "a-b", "a/b", "a=b", "a.b", "a\tb"})
    void shouldRefuseTagKeysThatTheServiceRefuses(String key) {
        assertThatThrownBy(() -> QueryTags.of(Map.of(key, "v"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKeepTheOtherRulesOfTags() {
        Map<String, String> tags = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            tags.put("k" + i, i == 0 ? null : "v");
        }
        QueryTags twenty = QueryTags.of(tags);

        assertThat(twenty.asMap()).hasSize(20);
        assertThat(twenty.with("k1", "new").value("k1")).contains("new");
        assertThatThrownBy(() -> twenty.with("k20", "v")).hasMessageContaining("20");
        assertThatThrownBy(() -> QueryTags.of(Map.of("k", "v".repeat(129)))).hasMessageNotContaining("vvv");
        assertThatThrownBy(() -> QueryTags.of(Map.of("k".repeat(129), "v")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(QueryTags.of(Map.of("k", "v".repeat(128))).toString()).isEqualTo("QueryTags[k]");
    }

    @Test
    void shouldPrintNeitherTextNorValuesOfARequest() {
        StatementRequest request = StatementRequest.of(new WarehouseId("w"), "select 'hidden' where x = :p")
                .withParameters(List.of(new StatementParameter("p", "DECIMAL(10,2)", "12.50")));

        assertThat(request.toString())
                .doesNotContain("hidden")
                .doesNotContain("12.50")
                .contains(":p DECIMAL(10,2)");
        assertThat(request.sqlHash())
                .hasSize(64)
                .isEqualTo(request.withNamespace("c", "s").sqlHash());
    }

    @Test
    void shouldRefuseParametersThatCannotBeBound() {
        StatementParameter p = new StatementParameter("p", "INT", "1");
        StatementRequest request = StatementRequest.of(new WarehouseId("w"), "select :p");

        assertThatThrownBy(() -> request.withParameters(List.of(p, p))).hasMessageContaining("p is given twice");
        assertThatThrownBy(() -> new StatementParameter("p", "INT); drop", "1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StatementParameter("1p", "INT", "1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseATextThatTheServiceRefuses() {
        WarehouseId warehouse = new WarehouseId("w");
        int limit = StatementRequest.MAX_SQL_BYTES;

        assertThat(StatementRequest.of(warehouse, "a".repeat(limit)).sql()).hasSize(limit);
        assertThatThrownBy(() -> StatementRequest.of(warehouse, "\u20ac".repeat(limit / 3 + 1)))
                .hasMessageContaining("16 MiB");
        assertThatThrownBy(() -> StatementRequest.of(warehouse, " \n")).hasMessageContaining("empty");
    }

    @Test
    void shouldCountDeadlinesUpToTheLastInstant() {
        StatementDeadlines running = StatementDeadlines.running(T0);
        StatementDeadlines ended = StatementDeadlines.ended(
                StatementStatus.of(StatementId.of("1"), StatementState.SUCCEEDED, T0.plusSeconds(5)), T0);
        StatementDeadlines closed = StatementDeadlines.ended(
                StatementStatus.of(StatementId.of("1"), StatementState.CLOSED, T0.plusSeconds(5)), T0);

        assertThat(running.keepAliveMissed(T0.plusSeconds(899))).isFalse();
        assertThat(running.keepAliveMissed(T0.plusSeconds(900))).isTrue();
        assertThat(running.resultExpired(T0.plusSeconds(999_999))).isFalse();
        assertThat(ended.resultExpired(T0.plusSeconds(3599))).isFalse();
        assertThat(ended.resultExpired(T0.plusSeconds(3600))).isTrue();
        assertThat(ended.purged(T0.plusSeconds(12 * 3600 - 1))).isFalse();
        assertThat(ended.purged(T0.plusSeconds(12 * 3600))).isTrue();
        assertThat(ended.keepAliveMissed(T0.plusSeconds(999_999))).isFalse();
        assertThat(closed.resultExpiresAt()).isNull();
    }

    @Test
    void shouldNotLetASkewedServerClockShortenWhatWeSaw() {
        Instant skewed = T0.minusSeconds(7200);
        StatementDeadlines ended = StatementDeadlines.ended(
                new StatementStatus(StatementId.of("1"), StatementState.SUCCEEDED, null, T0.plusSeconds(5), skewed),
                T0);

        assertThat(ended.resultExpiresAt()).isEqualTo(T0.plusSeconds(3600));
    }

    @Test
    void shouldBringCarriedHeadersBackWithTheirTypes() {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("text", "a=b&c:d % \u20ac\n");
        headers.put("x&=:", "");
        headers.put("int", 1);
        headers.put("long", 2L);
        headers.put("double", 0.1);
        headers.put("decimal", new BigDecimal("1.10"));
        headers.put("flag", true);
        headers.put("when", T0);

        CarriedHeaders carried = CarriedHeaders.of(headers);

        assertThat(CarriedHeaders.parse(carried.text()).asMap()).isEqualTo(headers);
        assertThat(CarriedHeaders.parse("")).isEqualTo(CarriedHeaders.none());
        assertThat(carried.toString()).contains("decimal").doesNotContain("1.10");
    }

    @Test
    void shouldRefuseHeadersThatWouldNotComeBack() {
        assertThatThrownBy(() -> CarriedHeaders.of(Map.of("list", List.of(1))))
                .hasMessageContaining("list")
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CarriedHeaders.of(Map.of("half", "\ud83d")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CarriedHeaders.of(Map.of("big", "x".repeat(70_000))))
                .hasMessageContaining("big")
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a=", "a=s", "a=s;x", "=s:x", "a=i:x", "a=b:yes", "a=z:1", "a=s:1&a=s:2", "a=s:%zz"})
    void shouldRefuseDamagedStoredHeaders(String text) {
        assertThatThrownBy(() -> CarriedHeaders.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
