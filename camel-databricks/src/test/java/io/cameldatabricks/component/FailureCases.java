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

import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.databricks.client.jdbc.Driver;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.h2.jdbcx.JdbcDataSource;

import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseOptions;
import io.cameldatabricks.testinfra.fault.ActiveFault;
import io.cameldatabricks.testinfra.fault.CallFault;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ClosedOnSuccess;
import io.cameldatabricks.testinfra.fault.ConnectionReset;
import io.cameldatabricks.testinfra.fault.Fault;
import io.cameldatabricks.testinfra.fault.LostSubmitAnswer;
import io.cameldatabricks.testinfra.fault.PurgedStatement;
import io.cameldatabricks.testinfra.fault.RefusedCall;
import io.cameldatabricks.testinfra.fault.ServerError;
import io.cameldatabricks.testinfra.fault.SessionExpired;
import io.cameldatabricks.testinfra.fault.SlowStart;
import io.cameldatabricks.testinfra.fault.TooManyRequests;
import io.cameldatabricks.testinfra.fault.TruncatedResult;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Makes each failure of the table in the component's page happen to an EXECUTE of a route. */
final class FailureCases {

    private final LocalWarehouse warehouse;
    private final LocalWarehouse spark;
    private final RunningContext camel;

    FailureCases(LocalWarehouse warehouse, LocalWarehouse spark, RunningContext camel) {
        this.spark = spark;
        this.warehouse = warehouse;
        this.camel = camel;
    }

    /** No faults, and the answers that the cases count on. */
    void prepare() {
        warehouse.clearFaults();
        warehouse.clearScripts();
        warehouse.script(
                Script.matching("SELECT slow.*").column("n", "INT").row(1).takes(Duration.ofHours(1)));
        warehouse.script(
                Script.statement("SELECT n FROM two").column("n", "INT").row(1).row(2));
        warehouse.script(
                Script.statement("SELECT n FROM big").column("n", "INT").row(1).repeat(200_000));
    }

    /** What happened, as the table words it, and how to make it happen. */
    Map<String, Supplier<Exchange>> all() {
        return Map.ofEntries(
                entry("The SQL text is wrong", () -> failing("42601", "PARSE_SYNTAX_ERROR")),
                entry("A table, view or column does not exist", () -> failing("42P01", "TABLE_OR_VIEW_NOT_FOUND")),
                entry("A permission on a table is missing", () -> failing("42501", "INSUFFICIENT_PERMISSIONS")),
                entry("Another failure of the statement itself", () -> failing("22012", "DIVIDE_BY_ZERO")),
                entry(
                        "Another transaction changed the same table (`DELTA_CONCURRENT_…`)",
                        () -> failing("2D521", "DELTA_CONCURRENT_APPEND")),
                entry("The statement ran longer than `queryTimeout`", this::queryTimeout),
                entry(
                        "It ran longer than the workspace's STATEMENT_TIMEOUT",
                        () -> failing("57KD0", "STATEMENT_TIMEOUT")),
                entry("Somebody cancelled it", this::cancelled),
                entry("More than one row for SELECT_ONE", () -> send("outputType=SELECT_ONE&query=SELECT n FROM two")),
                entry("The token is wrong or has expired", this::wrongToken),
                entry(
                        "The token was refused at the submit, also after a refresh",
                        () -> with(RefusedCall.tokenExpired())),
                entry("A permission on the warehouse is missing", () -> with(RefusedCall.permissionDenied())),
                entry(
                        "The warehouse does not exist",
                        () -> camel.send("databricks:t?host=" + warehouse.httpUrl() + "&warehouseId=none&accessToken="
                                + warehouse.token() + "&query=SELECT 1")),
                entry(
                        "Another refusal of the call",
                        () -> with(RefusedCall.with(400, "INVALID_PARAMETER_VALUE", "'hunter2' is no good"))),
                entry(
                        "Too many calls",
                        () -> with(TooManyRequests.always().on(CallKind.SUBMIT).retryAfter(Duration.ZERO))),
                entry(
                        "The warehouse's queue is full",
                        () -> with(
                                RefusedCall.with(429, "RESOURCE_EXHAUSTED", "The queue of the SQL warehouse is full.")
                                        .retryAfter(Duration.ZERO))),
                entry(
                        "The service is not available",
                        () -> with(ServerError.status(503).retryAfter(Duration.ZERO))),
                entry("The server failed at the submit", () -> with(ServerError.status(500))),
                entry(
                        "The connection broke after the statement was sent",
                        () -> with(LostSubmitAnswer.afterAcceptance())),
                entry(
                        "The statement runs, and asking for its end fails",
                        () -> slowly(ServerError.status(500).on(CallKind.STATUS))),
                entry("The statement runs, and the server no longer knows it", () -> slowly(new PurgedStatement())),
                entry("The session was lost, and the next one too", () -> with(new SessionExpired())),
                entry(
                        "The statement succeeded, and its rows are gone",
                        () -> reading(RefusedCall.with(404, "NOT_FOUND", "The statement was not found.")
                                .on(CallKind.RESULT))),
                entry("The statement succeeded, and was closed by somebody else", this::closedBySomebodyElse),
                entry("Reading rows broke off", () -> reading(ConnectionReset.duringDownload())),
                entry("The certificate is not trusted", this::untrusted),
                entry("The host name is unknown", () -> elsewhere("https://nowhere.invalid")),
                entry("The server does not listen", () -> elsewhere("http://127.0.0.1:" + freePort())),
                entry("The warehouse opened no session within `startTimeout`", this::coldStart),
                entry("The warehouse did not start within `startTimeout`", this::endlessStart),
                entry("All connections were in use", this::exhaustedPool),
                entry("`maxQueueSize` messages are waiting already", this::fullQueue),
                entry(
                        "The result was cut by the server",
                        () -> with(TruncatedResult.afterRows(1), "SELECT n FROM two")),
                entry("The result was cut by `byteLimit`", () -> send("byteLimit=5&query=SELECT n FROM two")),
                entry(
                        "The statement ran longer than `queryTimeout`, with `onTimeout=DETACH`",
                        () -> send("queryTimeout=200&onTimeout=DETACH&query=SELECT slow")),
                entry("The route was stopped by force while the statement ran", this::stopped),
                entry("The thread that ran the statement was interrupted", this::interrupted),
                entry("The component was stopped before the statement was sent", this::abandoned),
                entry("The statement shall be tagged, and the connection is not one of the driver", this::untaggable),
                entry("A row does not fit `outputClass`", this::misfit),
                entry("One of several statements failed for good, after others", this::second),
                entry("One of several statements failed and may be repeated, after others", this::secondInDoubt),
                entry("A parameter is missing", () -> send("query=SELECT :who")),
                entry(
                        "A parameter cannot be bound",
                        () -> camel.send(uri("query=SELECT :a"), Map.of("a", new Object() {}), Map.of())));
    }

    private Exchange failing(String sqlState, String errorClass) {
        warehouse.script(Script.matching("SELECT failing.*")
                .fails(sqlState, "[" + errorClass + "] It is about 'hunter2'. SQLSTATE: " + sqlState));
        return send("query=SELECT failing, 'hunter2'");
    }

    private Exchange queryTimeout() {
        return send("queryTimeout=200&query=SELECT slow");
    }

    private Exchange cancelled() {
        warehouse.script(Script.statement("SELECT cancelled").canceled());
        return send("query=SELECT cancelled");
    }

    private Exchange wrongToken() {
        return camel.send("databricks:t?host=" + warehouse.httpUrl() + "&warehouseId=" + warehouse.warehouseId()
                + "&accessToken=wrong&query=SELECT 1");
    }

    private Exchange with(Fault fault) {
        return with(fault, "SELECT 1");
    }

    private Exchange with(Fault fault, String sql) {
        warehouse.inject(fault);
        return send("query=" + sql);
    }

    private Exchange stopped() {
        return ended(() -> {
            try {
                camel.context().getRouteController().stopRoute("stopped", 100, TimeUnit.MILLISECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Exchange interrupted() {
        return ended(() -> Thread.getAllStackTraces().forEach((thread, stack) -> {
            if (Stream.of(stack).anyMatch(frame -> frame.getClassName().endsWith(".StatementRunner"))) {
                thread.interrupt();
            }
        }));
    }

    /** What becomes of a route's message when its statement is ended from outside. */
    private Exchange ended(Runnable end) {
        try {
            camel.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:stopped").routeId("stopped").to(uri("query=SELECT slow"));
                }
            });
            CompletableFuture<Exchange> sent = camel.template().asyncSend("direct:stopped", exchange -> {});
            awaitRunning();
            end.run();
            endTheWaitOfTheSubmit();
            Exchange exchange = sent.get(60, TimeUnit.SECONDS);
            camel.context().getRouteController().stopRoute("stopped");
            camel.context().removeRoute("stopped");
            return exchange;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Exchange abandoned() {
        try (RunningContext other = new RunningContext()) {
            String uri = uri("maxPoolSize=1&query=SELECT slow");
            CompletableFuture<Exchange> busy = CompletableFuture.supplyAsync(() -> other.send(uri));
            awaitRunning();
            endTheWaitOfTheSubmit();
            CompletableFuture<Exchange> waiting = CompletableFuture.supplyAsync(() -> other.send(uri));
            await().until(() -> other.component().services().warehouses().size() == 1
                    && Thread.getAllStackTraces().values().stream()
                                    .filter(stack -> Stream.of(stack).anyMatch(frame -> frame.getClassName()
                                            .endsWith("DefaultAsyncProcessorAwaitManager")))
                                    .count()
                            >= 2);
            other.component().stop();
            busy.join();
            return waiting.join();
        }
    }

    private Exchange untaggable() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:untaggable");
        camel.context().getRegistry().bind("h2", h2);
        return camel.send("databricks:t?dataSource=#h2&queryTags=team=blue&query=SELECT 1");
    }

    private Exchange misfit() {
        warehouse.script(
                Script.statement("SELECT misfit").column("unknown", "INT").row(1));
        return send("outputType=LIST&outputClass=" + Wanted.class.getName() + "&query=SELECT misfit");
    }

    /** What no row here can be made into. */
    public record Wanted(int wanted) {}

    private Exchange second() {
        warehouse.script(Script.statement("INSERT INTO t VALUES (1)").updateCount(1));
        warehouse.script(Script.matching("\\s*SELECT failing.*")
                .fails("22012", "[DIVIDE_BY_ZERO] It is about 'hunter2'. SQLSTATE: 22012"));
        return send("query=INSERT INTO t VALUES (1); SELECT failing, 'hunter2'");
    }

    private Exchange secondInDoubt() {
        warehouse.script(Script.statement("INSERT INTO t VALUES (1)").updateCount(1));
        warehouse.script(Script.matching("\\s*SELECT failing.*")
                .fails("2D521", "[DELTA_CONCURRENT_APPEND] It is about 'hunter2'. SQLSTATE: 2D521"));
        return send("query=INSERT INTO t VALUES (1); SELECT failing, 'hunter2'");
    }

    /** The server answers a submit after ten seconds; before it the driver does not know what to cancel. */
    private void endTheWaitOfTheSubmit() {
        warehouse.advanceClock(Duration.ofSeconds(10));
    }

    private void awaitRunning() {
        await().until(() -> warehouse.statements().stream()
                .anyMatch(statement -> statement.state().equals("RUNNING")));
    }

    /** The statement outlives the wait of its submit, so that the driver has its id and asks for its end. */
    private Exchange slowly(Fault fault) {
        warehouse.inject(fault);
        return waiting("RUNNING", "query=SELECT slow");
    }

    private Exchange waiting(String state, String options) {
        CompletableFuture<Exchange> exchange = CompletableFuture.supplyAsync(() -> send(options));
        await().until(() -> warehouse.statements().stream()
                .anyMatch(statement -> statement.state().equals(state)));
        endTheWaitOfTheSubmit();
        return exchange.join();
    }

    private Exchange closedBySomebodyElse() {
        warehouse.inject(ClosedOnSuccess.withoutResult());
        return send("query=SELECT n FROM two");
    }

    /** Rows of several chunks behind links, which the driver fetches while they are read. */
    private Exchange reading(CallFault<?> fault) {
        String marker = "rows_" + fault.getClass().getSimpleName();
        ActiveFault active = spark.inject(fault.onStatement("SELECT id AS " + marker + " .*"));
        try {
            return camel.send("databricks:t?" + spark.endpointOptions() + "&query=SELECT id AS " + marker
                    + " FROM range(3000000)");
        } finally {
            active.close();
        }
    }

    private Exchange untrusted() {
        try (LocalWarehouseProcess tls =
                LocalWarehouseProcess.start(WarehouseOptions.scripted().withTls())) {
            return elsewhere(tls.httpUrl(), Duration.ofSeconds(20));
        }
    }

    private Exchange elsewhere(String host) {
        return elsewhere(host, Duration.ofMillis(500));
    }

    private Exchange elsewhere(String host, Duration wait) {
        return camel.send("databricks:t?host=" + host + "&warehouseId=w&accessToken=t&connectionTimeout="
                + wait.toMillis() + "&query=SELECT 1");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Exchange coldStart() {
        warehouse.inject(new SlowStart(Duration.ofHours(1)).sessionsWait());
        return send("connectionTimeout=500&startTimeout=1000&query=SELECT 1");
    }

    private Exchange endlessStart() {
        warehouse.inject(new SlowStart(Duration.ofHours(1)));
        return waiting("PENDING", "startTimeout=1000&query=SELECT 1");
    }

    private Exchange exhaustedPool() {
        HikariConfig config = new HikariConfig();
        config.setDriverClassName(Driver.class.getName());
        config.setJdbcUrl(warehouse.jdbcUrl());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250);
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection taken = pool.getConnection()) {
            assertThat(taken.isClosed()).isFalse();
            camel.context().getRegistry().bind("pool", pool);
            return camel.send("databricks:t?dataSource=#pool&query=SELECT 1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Exchange fullQueue() {
        String uri = uri("maxPoolSize=1&maxQueueSize=1&query=SELECT slow");
        List<CompletableFuture<Exchange>> busy = List.of(
                CompletableFuture.supplyAsync(() -> camel.send(uri)),
                CompletableFuture.supplyAsync(() -> camel.send(uri)));
        await().until(() -> warehouse.statements().stream()
                .anyMatch(statement -> statement.state().equals("RUNNING")));
        Exchange refused = camel.send(uri);
        warehouse.script(Script.statement("SELECT slow").column("n", "INT").row(1));
        warehouse.advanceClock(Duration.ofHours(1));
        busy.forEach(CompletableFuture::join);
        return refused;
    }

    private Exchange send(String options) {
        return camel.send(uri(options));
    }

    private String uri(String options) {
        return "databricks:t?" + warehouse.endpointOptions() + "&" + options;
    }
}
