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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.console.DevConsole;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.util.json.JsonObject;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.observe.ConsoleSnapshot;
import io.cameldatabricks.component.observe.ConsoleSource;
import io.cameldatabricks.component.observe.DatabricksDevConsole;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.fault.SlowStart;
import io.cameldatabricks.testinfra.fault.TooManyRequests;

import static org.assertj.core.api.Assertions.assertThat;

/** What is seen of routes from outside: meters, health checks, the console, what an operator can do. */
class ObservationTest {

    private static final String SECRET_VALUE = "top-secret-value";
    private static final Path PAGE = Path.of("..", "docs", "observability.adoc");

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final RunningContext camel = new RunningContext();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void begin() {
        warehouse.clearFaults();
        warehouse.clearScripts();
        warehouse.script(
                Script.statement("SELECT two").column("a", "INT").row(1).row(2));
        warehouse.script(Script.statement("SELECT slow")
                .takes(Duration.ofMinutes(5))
                .column("a", "INT")
                .row(3));
        warehouse.script(Script.statement("UPDATE t").updateCount(42));
        warehouse.script(Script.statement("UPDATE untraced").updateCount(1));
        warehouse.script(
                Script.matching(".*wrong.*").fails("42P01", "[TABLE_OR_VIEW_NOT_FOUND] The table is not there"));
        camel.context().getRegistry().bind("meters", meters);
    }

    @AfterEach
    void end() {
        camel.close();
        warehouse.clearFaults();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    private String uri(String options) {
        return "databricks:reports?" + warehouse.endpointOptions() + "&" + options;
    }

    /** @param handled whether statements that failed, and routes that do, count as delivered */
    private void deliver(String options, boolean handled) throws Exception {
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(handled);
                from(uri(options)).routeId("delivery").to("mock:received");
            }
        });
    }

    private void submit(String query) {
        assertThat(camel.send(uri("operation=SUBMIT&query=" + query)).getException())
                .isNull();
    }

    private double count(String meter, String... tags) {
        return meters.find(meter).tags(tags).meters().stream()
                .mapToDouble(found -> found.measure().iterator().next().getValue())
                .sum();
    }

    private void runOneOfEach() throws Exception {
        deliver("deliverFailures=true", true);
        camel.send(uri("query=SELECT two"));
        camel.send(uri("query=UPDATE t"));
        camel.send(uri("query=SELECT wrong"));
        submit("SELECT two");
        submit("SELECT wrong");
        await().until(() -> count("databricks.deliveries", "outcome", "delivered") == 2);
    }

    @Test
    void shouldMeterWhatRoutesDo() throws Exception {
        runOneOfEach();

        assertThat(count("databricks.operations", "operation", "EXECUTE", "outcome", "succeeded"))
                .isEqualTo(2);
        assertThat(count("databricks.operations", "operation", "EXECUTE", "outcome", "permanent"))
                .isEqualTo(1);
        assertThat(count("databricks.operations", "operation", "SUBMIT", "name", "reports"))
                .isEqualTo(2);
        assertThat(count("databricks.statements.queue")).isEqualTo(3);
        assertThat(count("databricks.statements.run", "outcome", "permanent")).isEqualTo(1);
        // two rows by EXECUTE, two with the delivery
        assertThat(count("databricks.rows.read")).isEqualTo(4);
        assertThat(count("databricks.rows.written")).isEqualTo(42);
        assertThat(count("databricks.handles.submitted", "name", "reports")).isEqualTo(2);
        assertThat(count("databricks.handles.time", "state", "succeeded")).isEqualTo(1);
        assertThat(count("databricks.handles.time", "state", "failed")).isEqualTo(1);
        assertThat(count("databricks.calls", "call", "submit", "outcome", "succeeded"))
                .isEqualTo(2);
        assertThat(count("databricks.calls", "call", "status")).isPositive();
        assertThat(count("databricks.handles", "state", "delivered")).isEqualTo(2);
        assertThat(count("databricks.pool.connections", "state", "open")).isPositive();
    }

    @Test
    void shouldMeterTheSizeOfAnAnnouncedResult() {
        submitALittleLongerOne();

        await().until(() -> count("databricks.handles.time") == 1);

        assertThat(meters.get("databricks.result.rows").summary().totalAmount()).isEqualTo(2);
        assertThat(meters.get("databricks.result.size").summary().totalAmount()).isPositive();
    }

    private void submitALittleLongerOne() {
        warehouse.script(Script.statement("SELECT soon")
                .takes(Duration.ofMillis(300))
                .column("a", "INT")
                .row(1)
                .row(2));
        submit("SELECT soon");
    }

    @Test
    void shouldCountTheAnswersThatThereAreTooManyCalls() throws Exception {
        warehouse.inject(TooManyRequests.first(2));
        submit("SELECT two");

        assertThat(count("databricks.throttled")).isEqualTo(2);
        assertThat(camel.component().getThrottled()).isEqualTo(2);
    }

    @Test
    void shouldCountRowsOfAStreamWhenItIsClosed() {
        Exchange exchange = camel.send(uri("query=SELECT two&outputType=STREAM_LIST"));
        assertThat(exchange.getException()).isNull();

        // nobody read them, and the exchange is done
        assertThat(count("databricks.rows.read")).isZero();

        assertThat(camel.template().requestBody(uri("query=SELECT two&outputType=CSV"), null, String.class))
                .hasLineCount(3);
        assertThat(count("databricks.rows.read")).isEqualTo(2);
    }

    @Test
    void shouldTakeAwayTheGaugesOfWhatIsGone() throws Exception {
        runOneOfEach();
        assertThat(meters.find("databricks.pool.connections").gauges()).isNotEmpty();

        camel.component().stop();

        assertThat(meters.find("databricks.pool.connections").gauges()).isEmpty();
        assertThat(meters.find("databricks.handles").gauges()).isEmpty();
        assertThat(meters.find("databricks.limiter.rate").gauges()).isEmpty();
    }

    @Test
    void shouldLeaveMetersAloneWhenBeansAreNotLookedFor() {
        camel.component().setAutowiredEnabled(false);
        camel.component().stop();
        camel.component().start();

        camel.send(uri("query=SELECT two"));

        assertThat(meters.getMeters()).isEmpty();
    }

    /** The tables of the page, and what there is, in both directions. */
    @Test
    void shouldHaveTheMetersAndTagsThatTheDocumentationLists() throws Exception {
        runOneOfEach();
        submitALittleLongerOne();
        await().until(() -> meters.find("databricks.result.rows").summary() != null);
        Map<String, TreeSet<String>> documented = Pattern.compile("(?m)^\\| `(databricks\\.[a-z.]+)`\\n\\| (.*)$")
                .matcher(Files.readString(PAGE))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> Pattern.compile("`([a-z_]+)`")
                        .matcher(row.group(2))
                        .results()
                        .map(tag -> tag.group(1))
                        .collect(Collectors.toCollection(TreeSet::new))));

        // RareMetersTest has them: they need a history that knows ends, a failed delivery, and a submit without an
        // answer
        TreeSet<String> rare = new TreeSet<>(
                Set.of("databricks.handles.detection", "databricks.redeliveries", "databricks.handles.never.found"));
        TreeSet<String> seen = new TreeSet<>(rare);
        for (Meter meter : meters.getMeters()) {
            seen.add(meter.getId().getName());
            assertThat(meter.getId().getTags().stream().map(tag -> tag.getKey()))
                    .as(meter.getId().getName())
                    .containsExactlyInAnyOrderElementsOf(
                            documented.getOrDefault(meter.getId().getName(), new TreeSet<>()));
        }
        assertThat(documented.keySet()).isEqualTo(seen);
    }

    private HealthCheck.Result check(String id) {
        return camel.component().healthChecks().stream()
                .filter(check -> check.getId().equals(id))
                .findFirst()
                .orElseThrow()
                .call();
    }

    @Test
    void shouldTellTheHealthOfAWarehouseAndWakeNone() throws Exception {
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:a").to(uri("query=SELECT two"));
            }
        });
        warehouse.inject(new SlowStart(Duration.ofMinutes(10)));
        warehouse.clearRequests();

        HealthCheck.Result result = check("producer:databricks-reports");

        assertThat(result.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(result.getDetails()).containsEntry("warehouse.state", "STOPPED");
        assertThat(warehouse.requests()).hasSize(1).allMatch(request -> request.uri()
                .startsWith("/api/2.0/sql/warehouses/"));
        assertThat(check("producer:databricks-reports").getDetails()).containsEntry("warehouse.state", "STOPPED");
    }

    @Test
    void shouldHaveOneHealthCheckForAWarehouseOfANameAndNoneAfterTheLastProducer() throws Exception {
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:a").routeId("a").to(uri("query=SELECT two"));
                from("direct:b").routeId("b").to(uri("query=UPDATE t"));
            }
        });
        assertThat(camel.component().healthChecks()).hasSize(1);

        camel.context().getRouteController().stopRoute("a");
        camel.context().removeRoute("a");
        assertThat(camel.component().healthChecks()).hasSize(1);

        camel.context().stop();
        assertThat(camel.component().healthChecks()).isEmpty();
    }

    private String text() {
        DatabricksDevConsole console = new DatabricksDevConsole();
        console.setCamelContext(camel.context());
        return (String) console.call(DevConsole.MediaType.TEXT, Map.of());
    }

    @Test
    void shouldShowPoolsHandlesAndErrorsInTheConsoleAndNothingSecret() throws Exception {
        runOneOfEach();
        camel.send(
                uri("query=SELECT wrong WHERE a = :a"),
                null,
                Map.of(DatabricksConstants.PARAMETERS, Map.of("a", SECRET_VALUE)));

        String text = text();
        DatabricksDevConsole console = new DatabricksDevConsole();
        console.setCamelContext(camel.context());
        String json = ((JsonObject) console.call(DevConsole.MediaType.JSON, Map.of())).toJson();

        for (String shown : new String[] {text, json}) {
            assertThat(shown)
                    .contains(warehouse.warehouseId(), "reports", "DELIVERED", "TABLE_OR_VIEW_NOT_FOUND")
                    .doesNotContain(warehouse.token(), SECRET_VALUE, "SELECT two");
        }
        assertThat(camel.component().console()).contains("DELIVERED 2");
    }

    @Test
    void shouldDeliverADeadLetterWhenAnOperatorSaysSo() throws Exception {
        deliver("maxDeliveries=1", false);
        camel.context()
                .getEndpoint("mock:received", MockEndpoint.class)
                .whenAnyExchangeReceived(exchange -> exchange.setException(new IllegalStateException(SECRET_VALUE)));
        submit("SELECT two");
        await().until(() -> camel.component()
                        .services()
                        .memoryRepository()
                        .counts("reports")
                        .getOrDefault(HandleState.DEAD, 0L)
                == 1);
        StatementHandle dead = camel.component()
                .services()
                .memoryRepository()
                .list("reports", HandleState.DEAD, 1)
                .get(0);
        DatabricksConsumer consumer =
                (DatabricksConsumer) camel.context().getRoute("delivery").getConsumer();
        assertThat(consumer.deadLetters(10).values()).hasSize(1);
        assertThat(consumer.deadLetters(10).toString()).contains(dead.key()).doesNotContain(SECRET_VALUE);
        assertThat(text())
                .contains("DEAD " + dead.key(), "IllegalStateException")
                .doesNotContain(SECRET_VALUE);

        camel.context().getEndpoint("mock:received", MockEndpoint.class).whenAnyExchangeReceived(exchange -> {});
        assertThat(consumer.redeliver(dead.key())).isEqualTo("The handle is due again");

        await().until(() -> camel.component()
                        .services()
                        .memoryRepository()
                        .find(dead.key())
                        .orElseThrow()
                        .state()
                == HandleState.DELIVERED);
        assertThat(consumer.redeliver(dead.key())).contains("only one that is DEAD");
    }

    @Test
    void shouldCancelAStatementWhenAnOperatorSaysSo() throws Exception {
        deliver("deliverFailures=true", true);
        submit("SELECT slow");
        StatementHandle running = camel.component()
                .services()
                .memoryRepository()
                .list("reports", HandleState.SUBMITTED, 1)
                .get(0);
        DatabricksConsumer consumer =
                (DatabricksConsumer) camel.context().getRoute("delivery").getConsumer();
        assertThat(consumer.listHandles("submitted", 10).values()).hasSize(1);
        assertThat(consumer.getWatched()).isEqualTo(1);

        assertThat(consumer.cancelStatement(running.key())).contains("was asked to cancel");

        await().until(() -> camel.component()
                        .services()
                        .memoryRepository()
                        .find(running.key())
                        .orElseThrow()
                        .state()
                == HandleState.DELIVERED);
        assertThat(count("databricks.handles.time", "state", "canceled")).isEqualTo(1);
    }

    @Test
    void shouldPassTheTraceOfAMessageToTheWarehouseAndBack() throws Exception {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        deliver("deliverFailures=true", true);

        camel.send(uri("operation=SUBMIT&passTraceparent=true&query=SELECT two"), null, Map.of("traceparent", trace));
        camel.send(
                uri("operation=SUBMIT&passTraceparent=true&query=UPDATE untraced"),
                null,
                Map.of("traceparent", "not a trace"));

        assertThat(warehouse.statements())
                .anyMatch(statement -> trace.equals(statement.tags().get("traceparent")))
                .anyMatch(statement -> statement.sql().equals("UPDATE untraced")
                        && !statement.tags().containsKey("traceparent"));
        MockEndpoint received = camel.context().getEndpoint("mock:received", MockEndpoint.class);
        await().until(() -> received.getReceivedCounter() == 2);
        assertThat(received.getExchanges())
                .anyMatch(exchange -> trace.equals(exchange.getMessage().getHeader("traceparent")));
    }

    @Test
    void shouldLogALineForEachEventWithKeyAndIdAndWithoutValues() throws Exception {
        List<String> lines;
        try (LogCapture log = new LogCapture()) {
            runOneOfEach();
            camel.send(
                    uri("operation=SUBMIT&query=SELECT wrong WHERE a = :a"),
                    null,
                    Map.of(DatabricksConstants.PARAMETERS, Map.of("a", SECRET_VALUE)));
            await().until(() -> count("databricks.deliveries", "outcome", "delivered") == 3);
            lines = log.lines().stream()
                    .filter(line -> line.startsWith("Handle "))
                    .toList();
        }

        for (StatementHandle handle :
                camel.component().services().memoryRepository().list("reports", HandleState.DELIVERED, 10)) {
            String begin = "Handle " + handle.key() + " of reports: statement "
                    + handle.statementId().publicPart() + " ";
            boolean well = handle.status().isFinished();
            assertThat(lines)
                    .contains(begin + "is submitted", begin + "is delivered")
                    .contains(begin + (well ? "ended as SUCCEEDED" : "ended as FAILED, TABLE_OR_VIEW_NOT_FOUND"));
        }
        assertThat(lines.toString()).doesNotContain(SECRET_VALUE, "SELECT");
    }

    @Test
    void shouldTakeSnapshotsAsAServiceOfTheContext() {
        camel.send(uri("query=SELECT two"));

        assertThat(camel.context().hasServices(ConsoleSource.class)).hasSize(1).allSatisfy(source -> {
            ConsoleSnapshot snapshot = source.snapshot(1);
            assertThat(snapshot.component()).isEqualTo("databricks");
            assertThat(snapshot.pools()).isNotEmpty();
        });
        camel.component().stop();
        assertThat(camel.context().hasServices(ConsoleSource.class)).isEmpty();
    }
}
