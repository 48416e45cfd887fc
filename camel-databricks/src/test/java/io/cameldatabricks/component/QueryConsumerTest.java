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
package io.cameldatabricks.component;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseStatement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The consumer that polls a query. Each test polls by hand. */
class QueryConsumerTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private static final String QUERY = "query=SELECT id, v FROM t";

    private final List<Object> bodies = Collections.synchronizedList(new ArrayList<>());
    private final List<String> batches = Collections.synchronizedList(new ArrayList<>());
    private final Positions positions = new Positions();
    private RunningContext camel;
    private Object poison;
    private int before;

    /** A repository as a user brings it. */
    static final class Positions extends ServiceSupport implements StateRepository<String, String> {

        final List<String> stored = new ArrayList<>();

        @Override
        public void setState(String key, String value) {
            assertThat(key).isEqualTo("databricks:orders:v");
            stored.add(value);
        }

        @Override
        public String getState(String key) {
            return stored.isEmpty() ? null : stored.get(stored.size() - 1);
        }
    }

    @BeforeEach
    void start() {
        camel = new RunningContext();
        camel.context().getRegistry().bind("positions", positions);
        warehouse.clearScripts();
        warehouse.script(Script.matching("(UPDATE|DELETE|INSERT) .*").updateCount(1));
        before = warehouse.statements().size();
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void shouldSendTheRowsOfAPollAsOneExchange() throws Exception {
        rows(1, 2, 3);

        assertThat(poll(QUERY)).isEqualTo(1);

        assertThat(bodies).containsExactly(List.of(row(1), row(2), row(3)));
        assertThat(sent()).containsExactly("SELECT id, v FROM t");
    }

    @Test
    void shouldSendEachRowAsAnExchange() throws Exception {
        rows(1, 2, 3);

        assertThat(poll(QUERY + "&outputType=SELECT_ONE&maxMessagesPerPoll=3")).isEqualTo(3);

        assertThat(bodies).containsExactly(row(1), row(2), row(3));
        assertThat(batches).containsExactly("0/3 false", "1/3 false", "2/3 true");
        assertThat(sent()).containsExactly("SELECT * FROM (\nSELECT id, v FROM t\n) LIMIT 3");
    }

    @Test
    void shouldSendNothingForNoRows() throws Exception {
        rows();

        assertThat(poll(QUERY)).isZero();
        assertThat(poll(QUERY + "&outputType=SELECT_ONE")).isZero();
        assertThat(poll(QUERY + "&outputType=STREAM_LIST")).isZero();

        assertThat(bodies).isEmpty();
    }

    @Test
    void shouldSendAnEmptyMessageWhereThatIsAskedFor() {
        rows();

        route(QUERY + "&sendEmptyMessageWhenIdle=true&initialDelay=0&repeatCount=1");

        await().untilAsserted(() -> assertThat(bodies).containsExactly((Object) null));
    }

    @Test
    void shouldRunStatementsAfterRowsWithTheirValues() throws Exception {
        rows(1, 2);
        poison = row(2);

        poll(QUERY + "&outputType=SELECT_ONE&onConsume=UPDATE t SET done = 1 WHERE id = :id"
                + "&onConsumeFailed=UPDATE t SET done = -1 WHERE id = :#ID"
                + "&onConsumeBatchComplete=DELETE FROM t WHERE done <> 0");

        assertThat(sent())
                .containsExactly(
                        "SELECT id, v FROM t",
                        "UPDATE t SET done = 1 WHERE id = ?",
                        "UPDATE t SET done = -1 WHERE id = ?",
                        "DELETE FROM t WHERE done <> 0");
    }

    @Test
    void shouldGoOnAfterAFailureUnlessToldOtherwise() throws Exception {
        rows(1, 2, 3);
        poison = row(2);

        poll(QUERY + "&outputType=SELECT_ONE&onConsumeBatchComplete=DELETE FROM x");
        assertThat(bodies).containsExactly(row(1), row(2), row(3));
        assertThat(sent()).contains("DELETE FROM x");

        bodies.clear();
        before = warehouse.statements().size();
        assertPoison(
                QUERY + "&outputType=SELECT_ONE&breakBatchOnConsumeFail=true&onConsumeBatchComplete=DELETE FROM x");
        assertThat(bodies).containsExactly(row(1), row(2));
        assertThat(sent()).doesNotContain("DELETE FROM x");
    }

    @Test
    void shouldMoveThePositionOnAfterEachRowThatWasProcessed() throws Exception {
        rows(5, 6);

        poll(QUERY + "&outputType=SELECT_ONE&incrementingColumn=v&positionRepository=#positions");
        assertThat(positions.stored).containsExactly("BIGINT:5", "BIGINT:6");

        rows(7);
        poll(QUERY + "&incrementingColumn=v&positionRepository=#positions&maxMessagesPerPoll=10");
        assertThat(positions.stored).containsExactly("BIGINT:5", "BIGINT:6", "BIGINT:7");
        assertThat(sent().get(0)).endsWith("WHERE `v` IS NOT NULL ORDER BY `v`");
        assertThat(sent().get(1))
                .contains("WHERE `v` > ? AND `v` <= (SELECT max(`v`)")
                .contains("LIMIT 10");
    }

    @Test
    void shouldNotSkipARowThatFailed() throws Exception {
        rows(5, 6, 7);
        poison = row(6);

        assertPoison(QUERY + "&outputType=SELECT_ONE&incrementingColumn=v&positionRepository=#positions");

        assertThat(bodies).containsExactly(row(5), row(6));
        assertThat(positions.stored).containsExactly("BIGINT:5");
    }

    @Test
    void shouldNotSkipRowsWithTheSameValueAsOneThatWasProcessed() throws Exception {
        script(List.of(List.of(1, 5), List.of(2, 5), List.of(3, 6)));
        poison = Map.of("id", 2, "v", 5);

        assertPoison(QUERY + "&outputType=SELECT_ONE&incrementingColumn=v&positionRepository=#positions");
        assertThat(positions.stored).isEmpty();

        poison = null;
        poll(QUERY + "&outputType=SELECT_ONE&incrementingColumn=v&positionRepository=#positions");
        assertThat(positions.stored).containsExactly("BIGINT:5", "BIGINT:6");
    }

    @Test
    void shouldNotMoveOnWhenOnConsumeFails() throws Exception {
        rows(5, 6);
        warehouse.script(Script.matching("UPDATE .*").fails("42000", "[NO] x"));

        assertThatThrownBy(
                        () -> poll(
                                QUERY
                                        + "&outputType=SELECT_ONE&incrementingColumn=v&positionRepository=#positions&onConsume=UPDATE t"))
                .isInstanceOf(PermanentDatabricksException.class);

        assertThat(positions.stored).isEmpty();
        assertThat(bodies).hasSize(1);
    }

    @Test
    void shouldBeginAfterTheInitialPosition() throws Exception {
        rows(5);

        poll(QUERY + "&incrementingColumn=v&initialPosition=4");

        assertThat(sent()).singleElement().asString().endsWith("WHERE `v` > ? ORDER BY `v`");
    }

    @Test
    void shouldNotShareAPositionWithAnotherConsumer() throws Exception {
        rows(1);
        DatabricksQueryConsumer one =
                consumer("query=SELECT id, v FROM a&incrementingColumn=v&positionRepository=#positions");
        DatabricksQueryConsumer other =
                consumer("query=SELECT id, v FROM b&incrementingColumn=v&positionRepository=#positions");
        DatabricksQueryConsumer named =
                consumer("query=SELECT id, v FROM b&incrementingColumn=v&positionRepository=#positions&positionKey=b");
        one.start();
        try {
            assertThatThrownBy(other::start)
                    .hasMessageContaining("The position databricks:orders:v in the positionRepository is in use")
                    .hasMessageContaining("positionKey");
            named.start();
            named.stop();
        } finally {
            one.stop();
        }

        other.start();
        other.stop();
    }

    @Test
    void shouldGiveAStreamAndItsConnectionBack() {
        rows(1, 2);

        route(QUERY + "&outputType=CSV&maxPoolSize=1&connectionTimeout=3s&initialDelay=0&delay=10&repeatCount=3");

        await().untilAsserted(() -> assertThat(bodies).hasSize(3));
    }

    @Test
    void shouldPollEachMinuteUnlessToldOtherwise() throws Exception {
        assertThat(consumer(QUERY).getDelay()).isEqualTo(60_000);
        assertThat(consumer(QUERY + "&timeUnit=SECONDS").getDelay()).isEqualTo(60);
        assertThat(consumer(QUERY + "&delay=5m").getDelay()).isEqualTo(300_000);
        try (LogCapture log = new LogCapture()) {
            consumer(QUERY + "&delay=500").start();
            assertThat(String.join("\n", log.lines()))
                    .contains("The consumer of databricks:orders polls every 500 MILLISECONDS");
        }
    }

    @Test
    void shouldNotAskTheWarehouseForAHealthCheck() throws Exception {
        route(QUERY + "&startScheduler=false");
        warehouse.clearRequests();
        HealthCheck check =
                ((DatabricksQueryConsumer) camel.context().getRoutes().get(0).getConsumer()).getHealthCheck();

        assertThat(check).isNotNull();
        check.call();

        assertThat(warehouse.requests()).isEmpty();
    }

    @Test
    void shouldSendNothingWhenTheColumnIsNotInTheResult() {
        rows(5);

        assertThatThrownBy(() -> poll(QUERY + "&incrementingColumn=w"))
                .hasMessageStartingWith("The result of the query has no column w, which incrementingColumn names");
        assertThat(bodies).isEmpty();
    }

    @Test
    void shouldSayWhichOptionIsWrong() {
        assertWrong("changeFeed=t&" + QUERY, "Both changeFeed and query are given");
        assertWrong("changeFeed=a b", "The option changeFeed is malformed");
        assertWrong(
                QUERY + "&onConsume=UPDATE t", "The options onConsume and onConsumeFailed need outputType=SELECT_ONE");
        assertWrong(QUERY + "&incrementingColumn=v&outputType=CSV", "The option outputType=CSV does not go with");
        assertWrong(QUERY + "&incrementingColumn=v&rowLimit=1", "The option rowLimit does not go with");
        assertWrong(QUERY + "&initialPosition=1", "The option initialPosition needs incrementingColumn or changeFeed");
        assertWrong(
                QUERY + "&incrementingColumn=v&initialPosition=RAW(DECIMAL(99,0):1)",
                "The option initialPosition is malformed");
        assertWrong(QUERY + "&maxMessagesPerPoll=-1", "The option maxMessagesPerPoll must be 0");
        assertWrong("query=SELECT ?", "The option query of a consumer has to be one statement");
    }

    private void assertWrong(String options, String message) {
        assertThatThrownBy(() -> consumer(options)).hasStackTraceContaining(message);
    }

    private void assertPoison(String options) {
        assertThatThrownBy(() -> poll(options)).hasMessage("poison");
    }

    private void rows(Integer... ids) {
        script(Arrays.stream(ids).map(id -> List.of(id, id)).toList());
    }

    private void script(List<List<Integer>> rows) {
        Script script = Script.matching("SELECT .*").column("id", "INT").column("v", "INT");
        rows.forEach(row -> script.row(row.toArray()));
        warehouse.script(script);
    }

    private static Map<String, Object> row(int id) {
        return Map.of("id", id, "v", id);
    }

    private int poll(String options) throws Exception {
        DatabricksQueryConsumer consumer = consumer(options);
        consumer.start();
        try {
            return consumer.poll();
        } finally {
            consumer.stop();
        }
    }

    private DatabricksQueryConsumer consumer(String options) throws Exception {
        String uri = uri(options + "&startScheduler=false");
        return (DatabricksQueryConsumer) camel.context().getEndpoint(uri).createConsumer(this::take);
    }

    private void take(Exchange exchange) {
        bodies.add(exchange.getMessage().getBody());
        batches.add(exchange.getProperty(ExchangePropertyKey.BATCH_INDEX) + "/"
                + exchange.getProperty(ExchangePropertyKey.BATCH_SIZE) + " "
                + exchange.getProperty(ExchangePropertyKey.BATCH_COMPLETE));
        if (exchange.getMessage().getBody() != null
                && exchange.getMessage().getBody().equals(poison)) {
            exchange.setException(new IllegalStateException("poison"));
        }
    }

    private void route(String options) {
        try {
            camel.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(uri(options)).process(QueryConsumerTest.this::take);
                }
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<String> sent() {
        List<WarehouseStatement> all = warehouse.statements();
        return all.subList(before, all.size()).stream()
                .map(WarehouseStatement::sql)
                .toList();
    }

    private static String uri(String options) {
        return "databricks:orders?" + warehouse.endpointOptions() + "&" + options;
    }
}
