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

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.language.constant.ConstantLanguage;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/** A stream of rows gives its connection back, whatever the route does with it; the pool has only one. */
@Timeout(60)
class StreamReleaseTest {

    private static final int ROWS = 25_000;

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private RunningContext camel;

    @BeforeEach
    void start() {
        camel = new RunningContext();
        warehouse.clearScripts();
        warehouse.clearRequests();
        warehouse.script(
                Script.statement("SELECT many").column("id", "INT").row(1).repeat(ROWS));
        warehouse.script(Script.statement("SELECT free").column("id", "INT").row(1));
        warehouse.script(Script.matching("INSERT .*").updateCount(7));
        warehouse.script(Script.matching("SELECT wrong").fails("42703", "[UNRESOLVED_COLUMN] wrong"));
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    private static String uri(String query) {
        return "databricks:test?outputType=STREAM_LIST&maxPoolSize=1&connectionTimeout=10s&query=" + query + "&"
                + warehouse.endpointOptions();
    }

    private interface Steps {
        void add(RouteDefinition route);
    }

    private Exchange run(String query, Steps steps) {
        route(query, steps);
        return camel.send("direct:in");
    }

    private void route(String query, Steps steps) {
        try {
            camel.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    steps.add(from("direct:in").routeId("in").to(uri(query)));
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void also(String from, Steps steps) {
        try {
            camel.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    steps.add(from(from));
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The pool has one connection, so that this fails while a stream holds it. */
    private void assertFree() {
        Exchange exchange = camel.send(uri("SELECT free"));
        assertThat(exchange.getException()).isNull();
    }

    private static int drain(Object body) {
        int rows = 0;
        for (Iterator<?> all = (Iterator<?>) body; all.hasNext(); all.next()) {
            rows++;
        }
        return rows;
    }

    @Test
    void shouldEndWithItsLastRowAndNotOnlyWithTheExchange() {
        Exchange exchange = run(
                "SELECT many",
                route -> route.process(e -> {
                    seen.add(drain(e.getMessage().getBody()));
                    assertFree();
                }));

        assertThat(exchange.getException()).isNull();
        assertThat(seen).containsExactly(ROWS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndWithASplit(boolean streaming) {
        Exchange exchange = run("SELECT many", route -> {
            var split = route.split().body();
            (streaming ? split.streaming() : split)
                    .process(e -> seen.add(e.getMessage().getBody(Map.class).get("id")))
                    .end();
        });

        assertThat(exchange.getException()).isNull();
        assertThat(seen).hasSize(ROWS).containsOnly(1);
        assertFree();
    }

    @Test
    void shouldEndWithAParallelSplit() {
        Exchange exchange = run("SELECT many", route -> route.split()
                .body()
                .streaming()
                .parallelProcessing()
                .process(e -> seen.add(e.getMessage().getBody(Map.class).get("id")))
                .end());

        assertThat(exchange.getException()).isNull();
        assertThat(seen).hasSize(ROWS);
        assertFree();
    }

    @Test
    void shouldEndWhenNobodyReadsIt() {
        Exchange exchange = run("SELECT many", route -> route.setBody(ConstantLanguage.constant("other")));

        assertThat(exchange.getException()).isNull();
        assertFree();
    }

    @Test
    void shouldEndWhenTheRouteStopsReading() {
        Exchange exchange = run(
                "SELECT many",
                route -> route.process(e -> {
                    Iterator<?> rows = e.getMessage().getBody(Iterator.class);
                    seen.add(rows.next());
                }));

        assertThat(exchange.getException()).isNull();
        assertThat(seen).hasSize(1);
        assertFree();
    }

    @Test
    void shouldEndWhenTheRouteFails() {
        Exchange exchange = run("SELECT many", route -> route.split()
                .body()
                .streaming()
                .stopOnException()
                .process(e -> {
                    if (seen.size() == 10) {
                        throw new IllegalStateException("planned");
                    }
                    seen.add(e.getMessage().getBody());
                })
                .end());

        assertThat(exchange.getException()).hasRootCauseMessage("planned");
        assertThat(seen).hasSize(10);
        assertFree();
    }

    @Test
    void shouldHoldNothingAfterAStatementWithoutRows() {
        Exchange exchange = run("INSERT INTO t VALUES (1)", route -> route.to("mock:end"));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.UPDATE_COUNT))
                .isEqualTo(7L);
        assertThat(exchange.getMessage().getBody()).isNull();
        assertFree();
    }

    @Test
    void shouldHoldNothingAfterAStatementThatFails() {
        Exchange exchange = run("SELECT wrong", route -> route.to("mock:end"));

        assertThat(exchange.getException()).hasMessageContaining("UNRESOLVED_COLUMN");
        assertFree();
    }

    /** The tapped copy reads the rows after the exchange that ran the statement is done. */
    @Test
    void shouldLastAsLongAsAWireTapNeedsIt() throws Exception {
        CountDownLatch mainIsDone = new CountDownLatch(1);
        AtomicReference<Object> rows = new AtomicReference<>();
        also(
                "direct:tap",
                route -> route.process(e -> {
                    assertThat(mainIsDone.await(20, TimeUnit.SECONDS)).isTrue();
                    rows.set(drain(e.getMessage().getBody()));
                }));
        Exchange exchange = run("SELECT many", route -> route.wireTap("direct:tap"));
        assertThat(exchange.getException()).isNull();
        mainIsDone.countDown();

        await().untilAtomic(rows, org.hamcrest.Matchers.equalTo(ROWS));
        assertFree();
    }

    @Test
    void shouldEndWithAWireTapThatDoesNotReadIt() {
        CountDownLatch tapped = new CountDownLatch(1);
        also("direct:tap", route -> route.process(e -> tapped.countDown()));
        Exchange exchange = run("SELECT many", route -> route.wireTap("direct:tap"));

        assertThat(exchange.getException()).isNull();
        await().until(() -> tapped.getCount() == 0);
        assertFree();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?multipleConsumers=true"})
    void shouldGoWithTheExchangeThroughSeda(String options) {
        AtomicReference<Object> rows = new AtomicReference<>();
        CountDownLatch mainIsDone = new CountDownLatch(1);
        also(
                "seda:later" + options,
                route -> route.process(e -> {
                    assertThat(mainIsDone.await(20, TimeUnit.SECONDS)).isTrue();
                    rows.set(drain(e.getMessage().getBody()));
                }));
        route("SELECT many", route -> route.to("seda:later" + options));
        camel.template().sendBody("direct:in", null);
        mainIsDone.countDown();

        await().untilAtomic(rows, org.hamcrest.Matchers.equalTo(ROWS));
        assertFree();
    }

    @Test
    void shouldEndWhenAnExchangeIsGivenUpThatWaitsForSeda() {
        CountDownLatch givenUp = new CountDownLatch(1);
        AtomicReference<Throwable> late = new AtomicReference<>();
        also(
                "seda:slow",
                route -> route.process(e -> {
                    Iterator<?> rows = e.getMessage().getBody(Iterator.class);
                    assertThat(givenUp.await(20, TimeUnit.SECONDS)).isTrue();
                    late.set(catchThrowable(rows::next));
                }));

        // longer than the consumer needs to take it from the queue, where Camel would take back what is given up
        Exchange exchange = run("SELECT many", route -> route.to("seda:slow?timeout=3000"));
        assertThat(exchange.getException()).isNotNull();
        assertFree();
        givenUp.countDown();

        await().atMost(Duration.ofSeconds(60)).until(() -> late.get() != null);
        assertThat(late.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("were closed");
    }

    @Test
    void shouldEndBeforeAnAggregationThatKeepsIt() {
        also("direct:sum", route -> route.aggregate(
                        ConstantLanguage.constant(true), new GroupedBodyAggregationStrategy())
                .completionSize(1)
                .process(e -> seen.addAll((List<?>) e.getMessage().getBody())));
        Exchange exchange = run("SELECT many", route -> route.to("direct:sum"));

        assertThat(exchange.getException()).isNull();
        assertFree();
    }

    @Test
    void shouldEndWhenItsRouteIsStoppedInTheMiddle() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        route(
                "SELECT many",
                route -> route.process(e -> {
                    Iterator<?> rows = e.getMessage().getBody(Iterator.class);
                    rows.next();
                    reading.countDown();
                    assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
                }));
        var answer = camel.template().asyncSend("direct:in", e -> {});
        assertThat(reading.await(20, TimeUnit.SECONDS)).isTrue();
        camel.context().getShutdownStrategy().setTimeout(1);
        camel.context().getRouteController().stopRoute("in");
        stopped.countDown();

        answer.get(20, TimeUnit.SECONDS);
        assertFree();
    }

    @Test
    void shouldTellAReaderThatCameTooLate() {
        Object body = camel.template().requestBody(uri("SELECT many"), (Object) null);

        Throwable failure = catchThrowable(() -> ((Iterator<?>) body).next());
        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessageContaining("before the exchange");
        assertFree();
    }

    @Test
    void shouldNotBeReadByALog() {
        Exchange exchange = run("SELECT many", route -> route.log(LoggingLevel.INFO, "${body}")
                .to("log:test?showAll=true")
                .process(e -> seen.add(drain(e.getMessage().getBody()))));

        assertThat(exchange.getException()).isNull();
        assertThat(seen).containsExactly(ROWS);
    }

    @Test
    void shouldReclaimAStreamThatWasForgotten() {
        LogCapture log = new LogCapture();
        try {
            forget();
            await().until(() -> {
                System.gc();
                return log.lines().stream().anyMatch(line -> line.contains("neither read to their end nor closed"));
            });
            await().untilAsserted(this::assertFree);
        } finally {
            log.close();
        }
    }

    /** An exchange that is never done; what makes it is no route. */
    private void forget() {
        Exchange exchange = camel.context().getEndpoint("direct:forgotten").createExchange();
        try (var producer = camel.context().getEndpoint(uri("SELECT many")).createAsyncProducer()) {
            producer.start();
            producer.process(exchange);
            assertThat(((Iterator<?>) exchange.getMessage().getBody()).next()).isNotNull();
            producer.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CSV", "JSON_LINES"})
    void shouldEndWithAnUnreadText(String outputType) throws Exception {
        List<Object> bodies = new ArrayList<>();
        camel.context().setStreamCaching(false);
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:text")
                        .to(uri("SELECT many").replace("STREAM_LIST", outputType))
                        .process(e -> bodies.add(e.getMessage().getBody()));
            }
        });
        Exchange exchange = camel.send("direct:text");

        assertThat(exchange.getException()).isNull();
        assertThat(bodies.get(0)).isInstanceOf(InputStream.class);
        assertFree();
    }
}
