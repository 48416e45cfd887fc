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

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.PartlyWrittenException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.ingest.BadRow;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseStatement;
import io.cameldatabricks.testinfra.fault.ServerError;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What INSERT takes from messages, sends, and tells of the outcome. */
class InsertTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private RunningContext camel;
    private int before;

    @BeforeEach
    void start() {
        camel = new RunningContext();
        warehouse.clearScripts();
        warehouse.clearFaults();
        warehouse.script(Script.matching("INSERT INTO .*").updateCount(2));
        before = warehouse.statements().size();
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void shouldTellWhatTheServerReported() {
        Exchange exchange =
                camel.send(uri("table=main.t&batchSize=2"), ids(4), Map.of(DatabricksConstants.QUERY_TAGS, "a=b"));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(4L);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(DatabricksConstants.UPDATE_COUNT, 4L)
                .containsEntry(DatabricksConstants.ROW_COUNT, 4)
                .containsEntry(DatabricksConstants.STATE, "SUCCEEDED")
                .containsEntry(DatabricksConstants.STATEMENT_ID, sent().get(1).id())
                .doesNotContainKey(DatabricksConstants.QUERY_TAGS);
        assertThat(sent())
                .extracting(WarehouseStatement::sql)
                .containsExactly(
                        "INSERT INTO `main`.`t` (`id`) VALUES (?), (?)",
                        "INSERT INTO `main`.`t` (`id`)" + " VALUES (?), (?)");
        assertThat(sent()).allSatisfy(each -> assertThat(each.tags()).containsEntry("a", "b"));
    }

    @Test
    void shouldSendOneRequestForEachStatement() {
        camel.send(uri("table=t"), ids(1), Map.of());
        warehouse.clearRequests();

        camel.send(uri("table=t&batchSize=2"), ids(10), Map.of());

        assertThat(warehouse.requests()).hasSize(5).allSatisfy(each -> assertThat(each.method())
                .isEqualTo("POST"));
    }

    @Test
    void shouldAskADataSourceForOneConnectionOnly() {
        AtomicInteger borrowed = new AtomicInteger();
        camel.context().getRegistry().bind("users", new JdbcDataSourceOfNothing() {
            @Override
            public Connection getConnection() throws SQLException {
                borrowed.incrementAndGet();
                return DriverManager.getConnection(warehouse.jdbcUrl());
            }
        });

        Exchange exchange =
                camel.send("databricks:orders?operation=INSERT&dataSource=#users&table=t", ids(2), Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(2L);
        assertThat(borrowed).hasValue(1);
    }

    @Test
    void shouldLeaveTheBodyWhereItIsAskedTo() {
        Exchange header = camel.send(uri("table=t&outputHeader=count"), ids(2), Map.of());
        Exchange nowhere = camel.send(uri("table=t&noop=true"), ids(2), Map.of());

        assertThat(header.getMessage().getBody()).isEqualTo(ids(2));
        assertThat(header.getMessage().getHeader("count")).isEqualTo(2L);
        assertThat(nowhere.getMessage().getBody()).isEqualTo(ids(2));
    }

    @Test
    void shouldTakeTheTableOfAHeaderOnlyWhereThatIsAllowed() {
        Map<String, Object> header = Map.of(DatabricksConstants.TABLE, "a.`b c`");

        assertThat(camel.send(uri("table=t"), ids(1), header).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The header CamelDatabricksTable is not allowed here: remove it, or set"
                        + " allowDynamicTable=true.");
        assertThat(sent()).isEmpty();

        Exchange allowed = camel.send(uri("allowDynamicTable=true"), ids(1), header);
        assertThat(allowed.getException()).isNull();
        assertThat(allowed.getMessage().getHeader(DatabricksConstants.TABLE)).isNull();
        assertThat(sent().get(0).sql()).isEqualTo("INSERT INTO `a`.`b c` (`id`) VALUES (?)");

        assertThat(camel.send(
                                uri("allowDynamicTable=true"),
                                ids(1),
                                Map.of(DatabricksConstants.TABLE, "t; DROP TABLE x"))
                        .getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The header CamelDatabricksTable is malformed: ");
        assertThat(camel.send(uri("allowDynamicTable=true"), ids(1), Map.of()).getException())
                .hasMessageStartingWith("The header CamelDatabricksTable is missing");
        assertThat(sent()).hasSize(1);
    }

    @Test
    void shouldTakeRowsOutOfExchangesThatWereGrouped() {
        List<Object> grouped = new ArrayList<>();
        for (Map<String, Object> row : ids(2)) {
            Exchange each = new DefaultExchange(camel.context());
            each.getMessage().setBody(row);
            grouped.add(each);
        }

        assertThat(camel.send(uri("table=t"), grouped, Map.of()).getException()).isNull();

        assertThat(sent())
                .extracting(WarehouseStatement::sql)
                .containsExactly("INSERT INTO `t` (`id`) VALUES (?), (?)");
    }

    @Test
    void shouldRefuseABodyWithoutRows() {
        for (Object body : new Object[] {null, "text", 7, new byte[1], new int[1]}) {
            assertThat(camel.send(uri("table=t"), body, Map.of()).getException())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("The message has no rows, its body is ");
        }
        assertThat(camel.send(uri("table=t"), List.of(), Map.of()).getMessage().getBody())
                .isEqualTo(0L);
        assertThat(sent()).isEmpty();
    }

    @Test
    void shouldSayWhatIsWrittenWhenALaterStatementFails() {
        warehouse.script(Script.matching("INSERT INTO .*").fails("42000", "[NO_CLASS] x"));
        warehouse.script(Script.matching("INSERT INTO .*").updateCount(2).times(2));

        Exchange exchange = camel.send(uri("table=t&batchSize=2"), ids(10), Map.of());

        assertThat(exchange.getException()).isInstanceOfSatisfying(PartlyWrittenException.class, e -> {
            assertThat(e.getFirstRow()).isEqualTo(5);
            assertThat(e.getLastRow()).isEqualTo(6);
            assertThat(e.getRowsWritten()).isEqualTo(4);
            assertThat(e.getStatementId()).isEqualTo(sent().get(2).id());
        });
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(DatabricksConstants.UPDATE_COUNT, 4L)
                .containsEntry(DatabricksConstants.STATE, "FAILED");
        assertThat(exchange.getMessage().getBody()).isEqualTo(ids(10));
        assertThat(sent()).hasSize(3);
    }

    @Test
    void shouldNotRepeatAStatementWhoseAnswerIsLost() {
        warehouse.inject(ServerError.status(500));

        Exchange exchange = camel.send(uri("table=t"), ids(3), Map.of());

        assertThat(exchange.getException())
                .isInstanceOf(SubmitOutcomeUnknownException.class)
                .hasMessageStartingWith("In rows 1 to 3, before any was written: ");
    }

    @Test
    void shouldReportBadRows() {
        List<Object> rows = new ArrayList<>(ids(2));
        rows.add(Map.of("id", new Object()));

        Exchange exchange = camel.send(uri("table=t&onBadRow=SKIP"), rows, Map.of());

        assertThat(exchange.getException()).isNull();
        List<?> reported = exchange.getMessage().getHeader(DatabricksConstants.BAD_ROWS, List.class);
        assertThat(reported).singleElement().satisfies(bad -> {
            assertThat(((BadRow) bad).number()).isEqualTo(3);
            assertThat(((BadRow) bad).row()).isNull();
            assertThat(bad.toString()).startsWith("Row 3: the column 'id' has the type java.lang.Object");
        });
    }

    @Test
    void shouldSendAgainAfterAConflictWithoutHoldingAPlace() {
        warehouse.script(Script.matching("INSERT INTO .*")
                .fails("2D521", "[DELTA_CONCURRENT_APPEND] x SQLSTATE: 2D521")
                .times(2));

        Exchange exchange = camel.send(uri("table=t"), ids(2), Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(2L);
        assertThat(sent()).hasSize(3);
    }

    @Test
    void shouldEndEachMessageThatWaitsForItsTurnWhenItStops() throws Exception {
        warehouse.script(Script.matching("INSERT INTO .*").updateCount(1).takes(Duration.ofSeconds(30)));
        AsyncProducer producer =
                camel.context().getEndpoint(uri("table=t&serialWrites=true")).createAsyncProducer();
        producer.start();
        int messages = 20_000;
        CountDownLatch ended = new CountDownLatch(messages);
        for (int i = 0; i < messages; i++) {
            Exchange exchange = new DefaultExchange(camel.context());
            exchange.getMessage().setBody(ids(1));
            producer.process(exchange, doneSync -> ended.countDown());
        }
        await().until(() -> !sent().isEmpty());

        producer.stop();
        camel.context().stop();

        assertThat(ended.await(30, TimeUnit.SECONDS)).as(ended::toString).isTrue();
        assertThat(sent()).hasSize(1);
    }

    @Test
    void shouldNeedATable() {
        assertThatThrownBy(() -> camel.context().getEndpoint(uri("columns=a")).start())
                .hasStackTraceContaining("The option table is missing");
        assertThatThrownBy(() -> camel.context().getEndpoint(uri("table=a b")).start())
                .hasStackTraceContaining("The option table is malformed: a name has other characters");
        assertThatThrownBy(() ->
                        camel.context().getEndpoint(uri("table=a&columns=x,X")).start())
                .hasStackTraceContaining("The option columns is malformed: the column X is named twice");
        assertThatThrownBy(() ->
                        camel.context().getEndpoint(uri("table=a&batchSize=0")).start())
                .hasStackTraceContaining("Rows cannot be written: batchSize must be 1 or more");
    }

    private List<WarehouseStatement> sent() {
        List<WarehouseStatement> all = warehouse.statements();
        return all.subList(before, all.size()).stream()
                // the tags of the session are set by a statement too
                .filter(each -> each.sql().startsWith("INSERT"))
                .toList();
    }

    private static List<Map<String, Object>> ids(int count) {
        return IntStream.rangeClosed(1, count)
                .<Map<String, Object>>mapToObj(i -> Map.of("id", i))
                .toList();
    }

    private static String uri(String options) {
        return "databricks:test?" + warehouse.endpointOptions() + "&operation=INSERT&" + options;
    }
}
