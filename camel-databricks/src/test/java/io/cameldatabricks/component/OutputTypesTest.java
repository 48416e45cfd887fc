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
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.ResultTruncatedException;
import io.cameldatabricks.component.execute.OutputType;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;

/** Every row of the table of output types in the component's page, and what goes with them. */
class OutputTypesTest {

    private static final String ORDERS = "SELECT orders";

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    @TempDir
    Path folder;

    private RunningContext camel;
    private final List<Object> seen = new ArrayList<>();

    /** An order as a record. */
    public record Order(String customer, long orderId, BigDecimal amount, Instant placedAt) {}

    /** An order as a bean; it has no property for the amount, and one that no column gives. */
    public static class OrderBean {
        private int orderId;
        private String customer = "nobody";
        private Date placedAt;
        private String remark = "none";

        public int getOrderId() {
            return orderId;
        }

        public void setOrderId(int orderId) {
            this.orderId = orderId;
        }

        public String getCustomer() {
            return customer;
        }

        public void setCustomer(String customer) {
            this.customer = customer;
        }

        public Date getPlacedAt() {
            return placedAt;
        }

        public void setPlacedAt(Date placedAt) {
            this.placedAt = placedAt;
        }

        public String getRemark() {
            return remark;
        }

        public void setRemark(String remark) {
            this.remark = remark;
        }
    }

    /** No result fits it. */
    public record Stranger(String elsewhere) {}

    /** The column is a text that is no number. */
    public record Numbered(int customer) {}

    /** NULL is no double. */
    public record Primitive(double amount) {}

    /** 1.50 is no whole number. */
    public record Whole(int amount) {}

    /** Nothing can be made of it. */
    public interface Nothing {}

    @BeforeEach
    void start() {
        camel = new RunningContext();
        warehouse.clearScripts();
        warehouse.clearRequests();
        warehouse.script(Script.statement(ORDERS)
                .column("order_id", "BIGINT")
                .column("customer", "STRING")
                .column("amount", "DECIMAL(10,2)")
                .column("placed_at", "TIMESTAMP")
                .row(1, "Ann, \"A\"", "1.50", "2026-03-29 01:30:00")
                .row(2, "", null, "2026-07-01 00:00:00.5"));
        warehouse.script(Script.statement("SELECT one").column("a", "INT").row(1));
        warehouse.script(Script.statement("SELECT none").column("a", "INT"));
        warehouse.script(
                Script.statement("SELECT cut").column("a", "INT").row(1).row(2).truncated());
        warehouse.script(Script.matching("INSERT .*").updateCount(7));
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    private static String uri(String options) {
        return "databricks:test?" + options + "&" + warehouse.endpointOptions();
    }

    /** Within a route, where a stream can be read. */
    private Exchange run(String options) {
        try {
            camel.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in")
                            .setHeader("before", constant("here"))
                            .to(uri(options))
                            .process(e -> {
                                Object body = e.getMessage().getBody();
                                if (body instanceof Iterator<?> rows) {
                                    rows.forEachRemaining(seen::add);
                                } else if (body instanceof InputStream text) {
                                    seen.add(new String(text.readAllBytes(), StandardCharsets.UTF_8));
                                }
                            });
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return camel.send("direct:in", "body", Map.of());
    }

    private static List<Object> ids(List<?> rows) {
        List<Object> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(((Map<?, ?>) row).get("order_id")));
        return ids;
    }

    private static void assertDone(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
    }

    @Test
    void shouldGiveAllRowsAsAList() {
        Exchange exchange = run("outputType=SELECT_LIST&query=" + ORDERS);

        assertDone(exchange);
        assertThat(ids(exchange.getMessage().getBody(List.class))).containsExactly(1L, 2L);
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.ROW_COUNT))
                .isEqualTo(2);
    }

    @Test
    void shouldGiveTheOnlyRow() {
        Exchange exchange = run("outputType=SELECT_ONE&query=SELECT one");

        assertDone(exchange);
        assertThat(exchange.getMessage().getBody()).isEqualTo(Map.of("a", 1));
    }

    @Test
    void shouldGiveRowsOneAfterTheOther() {
        Exchange exchange = run("outputType=STREAM_LIST&query=" + ORDERS);

        assertDone(exchange);
        assertThat(ids(seen)).containsExactly(1L, 2L);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(DatabricksConstants.COLUMN_NAMES, List.of("order_id", "customer", "amount", "placed_at"))
                .containsEntry(DatabricksConstants.TRUNCATED, false)
                .doesNotContainKey(DatabricksConstants.ROW_COUNT);
    }

    @ParameterizedTest
    @CsvSource({"1,2", "2,1", "3,1"})
    void shouldGiveRowsInGroups(int size, int groups) {
        Exchange exchange = run("outputType=STREAM_LIST&rowGroupSize=" + size + "&query=" + ORDERS);

        assertDone(exchange);
        assertThat(seen).hasSize(groups);
        assertThat(ids(seen.stream()
                        .flatMap(group -> ((List<?>) group).stream())
                        .toList()))
                .containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LIST", "SELECT_LIST", "STREAM_LIST"})
    void shouldGiveRowsAsRecords(String outputType) {
        Exchange exchange =
                run("outputType=" + outputType + "&outputClass=" + Order.class.getName() + "&query=" + ORDERS);

        assertDone(exchange);
        List<?> orders = seen.isEmpty() ? exchange.getMessage().getBody(List.class) : seen;
        assertThat(orders)
                .isEqualTo(List.of(
                        new Order("Ann, \"A\"", 1, new BigDecimal("1.50"), Instant.parse("2026-03-29T01:30:00Z")),
                        new Order("", 2, null, Instant.parse("2026-07-01T00:00:00.5Z"))));
    }

    @Test
    void shouldGiveRowsAsBeans() {
        Exchange exchange = run("outputType=LIST&outputClass=" + OrderBean.class.getName() + "&query=" + ORDERS);

        assertDone(exchange);
        List<?> beans = exchange.getMessage().getBody(List.class);
        assertThat(beans).hasSize(2);
        OrderBean first = (OrderBean) beans.get(0);
        assertThat(first.getOrderId()).isEqualTo(1);
        assertThat(first.getCustomer()).isEqualTo("Ann, \"A\"");
        assertThat(first.getPlacedAt().toInstant()).isEqualTo(Instant.parse("2026-03-29T01:30:00Z"));
        assertThat(first.getRemark()).isEqualTo("none");
    }

    @Test
    void shouldGiveTheOnlyRowAsAnObject() {
        warehouse.script(
                Script.statement("SELECT order").column("ELSEWHERE", "STRING").row("x"));

        Exchange exchange =
                run("outputType=SELECT_ONE&outputClass=" + Stranger.class.getName() + "&query=SELECT order");

        assertDone(exchange);
        assertThat(exchange.getMessage().getBody()).isEqualTo(new Stranger("x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Stranger | the result has no column for [elsewhere]",
                "Numbered | column customer (STRING) cannot become a int for its property customer",
                "Primitive | column amount (DECIMAL(10,2)) is NULL, which a double cannot be",
                "Whole | column amount (DECIMAL(10,2)) cannot become a int for its property amount",
                "Nothing | it is no record and has no public constructor without arguments"
            })
    void shouldSayWhyARowIsNoObjectOfTheClass(String type, String why) {
        String name = OutputTypesTest.class.getName() + "$" + type;
        Exchange exchange = run("outputType=LIST&outputClass=" + name + "&query=" + ORDERS);

        assertThat(exchange.getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(why)
                .hasMessageNotContaining("Ann");
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.STATEMENT_ID))
                .isNotNull();
    }

    @Test
    void shouldGiveCsv() {
        Exchange exchange = run("outputType=CSV&query=" + ORDERS);

        assertDone(exchange);
        assertThat(seen)
                .containsExactly("order_id,customer,amount,placed_at\r\n"
                        + "1,\"Ann, \"\"A\"\"\",1.50,2026-03-29T01:30:00Z\r\n"
                        + "2,\"\",,2026-07-01T00:00:00.500Z\r\n");
    }

    @Test
    void shouldGiveJsonLines() {
        Exchange exchange = run("outputType=JSON_LINES&query=" + ORDERS);

        assertDone(exchange);
        assertThat(seen)
                .containsExactly("{\"order_id\":1,\"customer\":\"Ann, \\\"A\\\"\",\"amount\":1.50,"
                        + "\"placed_at\":\"2026-03-29T01:30:00Z\"}\n"
                        + "{\"order_id\":2,\"customer\":\"\",\"amount\":null,"
                        + "\"placed_at\":\"2026-07-01T00:00:00.500Z\"}\n");
    }

    @Test
    void shouldWriteTextToAFile() throws Exception {
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:file")
                        .to(uri("outputType=CSV&query=SELECT one"))
                        .to("file:" + folder + "?fileName=one.csv");
            }
        });

        assertDone(camel.send("direct:file"));
        assertThat(Files.readString(folder.resolve("one.csv"))).isEqualTo("a\r\n1\r\n");
    }

    @ParameterizedTest
    @EnumSource(OutputType.class)
    void shouldSayThatThereIsNothing(OutputType outputType) {
        String type = outputType == OutputType.LIST ? "&outputClass=" + OrderBean.class.getName() : "";
        if (outputType == OutputType.LIST) {
            warehouse.script(Script.statement("SELECT none").column("customer", "STRING"));
        }
        Exchange exchange = run("outputType=" + outputType + type + "&query=SELECT none");

        assertDone(exchange);
        switch (outputType) {
            case SELECT_LIST, LIST ->
                assertThat(exchange.getMessage().getBody()).isEqualTo(List.of());
            case SELECT_ONE -> assertThat(exchange.getMessage().getBody()).isNull();
            case STREAM_LIST -> assertThat(seen).isEmpty();
            case CSV -> assertThat(seen).containsExactly("a\r\n");
            case JSON_LINES -> assertThat(seen).containsExactly("");
        }
    }

    @ParameterizedTest
    @EnumSource(OutputType.class)
    void shouldLeaveTheBodyWhereThereAreNoRows(OutputType outputType) {
        String type = outputType == OutputType.LIST ? "&outputClass=" + OrderBean.class.getName() : "";
        Exchange exchange = run("outputType=" + outputType + type + "&query=INSERT INTO t VALUES (1)");

        assertDone(exchange);
        assertThat(exchange.getMessage().getBody()).isEqualTo("body");
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(DatabricksConstants.UPDATE_COUNT, 7L)
                .doesNotContainKey(DatabricksConstants.COLUMN_NAMES);
    }

    @Test
    void shouldPutRowsIntoAHeader() {
        Exchange exchange = run("outputHeader=orders&query=" + ORDERS);

        assertDone(exchange);
        assertThat(exchange.getMessage().getBody()).isEqualTo("body");
        assertThat((List<?>) exchange.getMessage().getHeader("orders")).hasSize(2);
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.ROW_COUNT))
                .isEqualTo(2);
    }

    @Test
    void shouldNotReadRowsThatNobodyWants() {
        Exchange exchange = run("noop=true&query=" + ORDERS);

        assertDone(exchange);
        assertThat(exchange.getMessage().getBody()).isEqualTo("body");
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(DatabricksConstants.STATE, "SUCCEEDED")
                .doesNotContainKey(DatabricksConstants.ROW_COUNT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT_LIST", "STREAM_LIST", "CSV"})
    void shouldFailWhereTheServerCutTheResult(String outputType) {
        Exchange exchange = run("outputType=" + outputType + "&query=SELECT cut");

        assertThat(exchange.getException())
                .isInstanceOf(ResultTruncatedException.class)
                .hasMessageContaining("failOnTruncated=false");
        assertThat(exchange.getMessage().getBody()).isEqualTo("body");
    }

    @Test
    void shouldGiveWhatTheServerLeftIfThatIsAskedFor() {
        Exchange exchange = run("failOnTruncated=false&query=SELECT cut");

        assertDone(exchange);
        assertThat((List<?>) exchange.getMessage().getBody()).hasSize(2);
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.TRUNCATED))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT_LIST", "STREAM_LIST"})
    void shouldNotFailWhereTheUsersOwnLimitCutTheResult(String outputType) {
        Exchange exchange = run("rowLimit=2&outputType=" + outputType + "&query=SELECT cut");

        assertDone(exchange);
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.TRUNCATED))
                .isEqualTo(true);
    }

    @Test
    void shouldFailAtTheByteLimit() {
        assertThat(run("byteLimit=40&query=" + ORDERS).getException())
                .isInstanceOf(ResultTruncatedException.class)
                .hasMessageContaining("byteLimit=40");
    }

    @Test
    void shouldFailAtTheByteLimitInTheMiddleOfAStream() {
        Exchange exchange = run("byteLimit=40&outputType=STREAM_LIST&query=" + ORDERS);

        assertThat(exchange.getException()).isInstanceOf(ResultTruncatedException.class);
        assertThat(seen).hasSize(1);
    }

    @Test
    void shouldCutAtTheByteLimitIfThatIsAskedFor() {
        Exchange exchange = run("byteLimit=40&failOnTruncated=false&query=" + ORDERS);

        assertDone(exchange);
        assertThat((List<?>) exchange.getMessage().getBody()).hasSize(1);
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.TRUNCATED))
                .isEqualTo(true);
    }
}
