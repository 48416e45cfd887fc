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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.language.constant.ConstantLanguage;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RateLimitedException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.pool.PoolStats;
import io.cameldatabricks.component.workspace.WarehouseAccess;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseStatement;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.Fault;
import io.cameldatabricks.testinfra.fault.RefusedCall;
import io.cameldatabricks.testinfra.fault.ServerError;
import io.cameldatabricks.testinfra.fault.TooManyRequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Routes over Thrift, as clusters speak it: streams free what they hold, refusals mean what they mean over the Statement
 * Execution API, and lost sessions heal.
 */
@Timeout(90)
class ThriftRoutesTest {

    private static final int ROWS = 25_000;

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    private RunningContext camel;

    @BeforeEach
    void start() {
        camel = new RunningContext();
        warehouse.clearFaults();
        warehouse.clearScripts();
        warehouse.script(
                Script.statement("SELECT many").column("id", "INT").row(1).repeat(ROWS));
        warehouse.script(Script.statement("SELECT 1").column("id", "INT").row(1));
        warehouse.script(Script.matching("INSERT .*").updateCount(7));
    }

    @AfterEach
    void stop() {
        camel.close();
        warehouse.clearFaults();
    }

    private interface Steps {
        void add(RouteDefinition route);
    }

    static Stream<Arguments> readers() {
        Steps toItsEnd =
                route -> route.process(e -> ((Iterator<?>) e.getMessage().getBody()).forEachRemaining(row -> {}));
        Steps split = route -> route.split().body().streaming().process(e -> {}).end();
        Steps notAtAll = route -> route.setBody(ConstantLanguage.constant("other"));
        Steps oneRow = route -> route.process(e -> ((Iterator<?>) e.getMessage().getBody()).next());
        Steps failing = route -> route.process(e -> {
            ((Iterator<?>) e.getMessage().getBody()).next();
            throw new IllegalStateException("planned");
        });
        return Stream.of(
                arguments("to its end", "SELECT many", toItsEnd),
                arguments("by a split", "SELECT many", split),
                arguments("not at all", "SELECT many", notAtAll),
                arguments("one row of it", "SELECT many", oneRow),
                arguments("until it fails", "SELECT many", failing),
                arguments("by a statement without rows", "INSERT INTO t VALUES (1)", (Steps) route -> {}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readers")
    void shouldFreeConnectionAndStatementHoweverAStreamIsRead(String how, String query, Steps steps) throws Exception {
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                steps.add(from("direct:in").to(uri("outputType=STREAM_LIST&maxPoolSize=1&query=" + query)));
            }
        });

        int before = warehouse.statements().size();
        Exchange first = camel.send("direct:in");

        assertThat(first.getException() == null || how.equals("until it fails")).isTrue();
        // the pool has one connection, so that this would wait for ever
        Exchange next = camel.send(uri("outputType=STREAM_LIST&maxPoolSize=1&query=SELECT 1"));
        assertThat(next.getException()).isNull();
        await().untilAsserted(() -> assertThat(warehouse.statements().stream().skip(before))
                .hasSize(2)
                .extracting(WarehouseStatement::state)
                .containsOnly("CLOSED"));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments(401, RefusedCall.tokenExpired(), RecoverableDatabricksException.class),
                arguments(403, RefusedCall.permissionDenied(), PermanentDatabricksException.class),
                arguments(
                        429,
                        TooManyRequests.always().on(CallKind.SUBMIT).retryAfter(Duration.ofSeconds(1)),
                        RateLimitedException.class),
                arguments(
                        503,
                        ServerError.status(503).retryAfter(Duration.ofSeconds(1)),
                        TransientDatabricksException.class),
                arguments(500, ServerError.status(500), SubmitOutcomeUnknownException.class));
    }

    @ParameterizedTest(name = "HTTP {0}")
    @MethodSource("refusals")
    void shouldSayWhatARefusalMeans(int status, Fault fault, Class<?> expected) {
        warehouse.inject(fault);

        // the driver repeats 429 and 503 by itself, for minutes if it is let
        Exchange exchange = camel.send(uri("driverProperties.RateLimitRetryTimeout=1"
                + "&driverProperties.TemporarilyUnavailableRetryTimeout=1&query=SELECT 1"));

        assertThat(exchange.getException()).isExactlyInstanceOf(expected);
        assertThat(((DatabricksException) exchange.getException()).getHttpStatus())
                .isEqualTo(status);
    }

    @Test
    void shouldHealWhenTheServerForgetsAllSessionsUnderLoad() {
        String uri = uri("maxPoolSize=4&query=SELECT 1");
        DatabricksEndpoint endpoint = camel.context().getEndpoint(uri, DatabricksEndpoint.class);
        endpoint.start();
        WarehouseAccess access = endpoint.warehouse().acquire();
        int events = 5;
        int failed = 0;
        int clients = 8;
        int each = 10;
        for (int event = 0; event < events; event++) {
            List<CompletableFuture<Exchange>> load = IntStream.range(0, clients * each)
                    .mapToObj(i -> camel.template().asyncSend(uri, e -> {}))
                    .toList();
            warehouse.dropSessions();
            for (CompletableFuture<Exchange> one : load) {
                Exception failure = one.join().getException();
                if (failure != null) {
                    assertThat(failure).isInstanceOf(RecoverableDatabricksException.class);
                    failed++;
                }
            }
        }

        assertThat(failed).as("of %s", events * clients * each).isLessThanOrEqualTo(events * 4);
        PoolStats stats = access.pool().stats();
        assertThat(stats.inUse()).isZero();
        assertThat(stats.waiting()).isZero();
        assertThat(camel.send(uri).getException()).isNull();
        endpoint.warehouse().release();
    }

    private static String uri(String options) {
        return "databricks:thrift?" + warehouse.endpointOptions() + "&driverProperties.UseThriftClient=1&" + options;
    }
}
