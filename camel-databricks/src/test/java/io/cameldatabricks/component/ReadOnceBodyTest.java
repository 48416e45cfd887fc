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

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseStatement;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ConnectionReset;
import io.cameldatabricks.testinfra.fault.CutPoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A route whose error handler sends a message again must not write what is left of a body that was begun. */
class ReadOnceBodyTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final String root = "/Volumes/main/default/once/" + UUID.randomUUID();
    private RunningContext camel;
    private int before;

    @BeforeEach
    void start() {
        camel = new RunningContext();
        warehouse.clearScripts();
        warehouse.clearFaults();
        warehouse.script(Script.matching("(INSERT|MERGE) INTO .*").updateCount(2));
        warehouse.script(
                Script.matching("SELECT typeof.*").column("t", "STRING").row("int"));
        warehouse.script(Script.matching("COPY INTO .*").updateCount(2));
        before = warehouse.statements().size();
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operation=INSERT&table=t",
                "operation=INSERT&table=t&loadThreshold=2",
                "operation=MERGE&table=t&mergeKeys=id",
                "operation=LOAD&table=t"
            })
    void shouldNotWriteTheRestOfRowsThatFailedInTheMiddle(String operation) throws Exception {
        redelivering(operation);

        Exchange exchange = camel.send("direct:in", failingOnce(5, 3), Map.of());

        assertThat(exchange.getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("read only once");
        assertThat(written()).isEmpty();
    }

    @Test
    void shouldNotInviteToRepeatRowsOfAnotherStatementThatBroke() {
        Iterator<Object> rows = failingOnce(
                5, 3, () -> new TransientDatabricksException("the link was cut", ErrorDetails.none(), null));

        Exchange exchange = camel.send(uri("operation=INSERT&table=t"), rows, Map.of());

        assertThat(exchange.getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("the link was cut")
                .hasMessageContaining("read only once");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void shouldWriteAStreamThatMetAFullQueue(int loadThreshold) throws Exception {
        redelivering("operation=INSERT&table=t&maxPoolSize=1&maxQueueSize=1&loadThreshold=" + loadThreshold);
        warehouse.script(Script.matching("INSERT INTO .*")
                .updateCount(1)
                .takes(Duration.ofMillis(400))
                .times(1));
        CompletableFuture<Exchange> busy = sendLater(0);
        await().until(() -> written().size() == 1);
        CompletableFuture<Exchange> waiting = sendLater(1);
        await().until(() -> camel.component().console().contains("and 1 messages wait"));

        Exchange exchange = camel.send("direct:in", IntStream.range(1, 3).mapToObj(id -> Map.of("id", id)), Map.of());

        assertThat(busy.get().getException()).isNull();
        assertThat(waiting.get().getException()).isNull();
        assertThat(exchange.getException()).isNull();
        // where rows were counted before, they are gone, so that the message waits and is not refused
        assertThat(exchange.getMessage().getHeader(Exchange.REDELIVERED, Boolean.class))
                .isEqualTo(loadThreshold == 0 ? true : null);
        assertThat(written()).hasSize(3);
    }

    private CompletableFuture<Exchange> sendLater(int id) {
        return camel.template()
                .asyncSend("direct:in", exchange -> exchange.getMessage().setBody(Map.of("id", id)));
    }

    @Test
    void shouldTakeAnIterableFromManyMessagesUnlessItHasOneIterator() {
        Iterable<Object> fresh = () -> failingOnce(2, 0);
        Iterator<Object> rows = failingOnce(2, 0);
        Iterable<Object> one = () -> rows;

        for (int i = 0; i < 2; i++) {
            assertThat(camel.send(uri("operation=INSERT&table=t"), fresh, Map.of())
                            .getException())
                    .isNull();
        }
        assertThat(camel.send(uri("operation=INSERT&table=t"), one, Map.of()).getException())
                .isNull();
        assertThat(camel.send(uri("operation=INSERT&table=t"), one, Map.of()).getException())
                .isInstanceOf(PermanentDatabricksException.class);
        assertThat(written()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batch=true&query=INSERT INTO t VALUES (:id)",
                "query=INSERT INTO t SELECT id FROM s WHERE id IN (:#in:ids)"
            })
    void shouldNotRunWithTheRestOfParametersThatFailedInTheMiddle(String statement) throws Exception {
        redelivering(statement);
        Iterator<Object> sets = failingOnce(5, 3);

        Exchange exchange = camel.send("direct:in", sets, Map.of("ids", sets));

        assertThat(exchange.getException()).hasMessageContaining("read only once");
        assertThat(written()).isEmpty();
    }

    @Test
    void shouldNotUploadTheRestOfAStream() throws Exception {
        redelivering("operation=UPLOAD");
        warehouse.inject(ConnectionReset.during(CallKind.UPLOAD_FILE)
                .at(CutPoint.HALF_READ)
                .times(1));

        Exchange exchange = camel.send("direct:in", once(3 << 20), Map.of(DatabricksConstants.VOLUME_PATH, "f"));

        assertThat(exchange.getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("read only once");
        assertThat(exchange.getException()).isNotInstanceOf(TransientDatabricksException.class);
    }

    @Test
    void shouldNotWriteTheRestOfAStreamThatIsTheValueOfARow() throws Exception {
        redelivering("operation=INSERT&table=t&conflictRetries=0");
        warehouse.script(Script.matching("INSERT INTO .*")
                .fails("2D521", "[DELTA_CONCURRENT_APPEND] x SQLSTATE: 2D521")
                .times(1));

        Exchange exchange = camel.send("direct:in", Map.of("id", 1, "document", once(10)), Map.of());

        assertThat(exchange.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the column 'document' is a stream that can be read only once");
        assertThat(written()).hasSize(1);
    }

    /** Rows that break off at one of them, and go on after it as sources do that were told to. */
    private static Iterator<Object> failingOnce(int rows, int at) {
        return failingOnce(rows, at, () -> new IllegalStateException("the source broke"));
    }

    private static Iterator<Object> failingOnce(int rows, int at, Supplier<RuntimeException> failure) {
        Iterator<Integer> ids = IntStream.rangeClosed(1, rows).iterator();
        return new Iterator<>() {
            private boolean failed;

            @Override
            public boolean hasNext() {
                return ids.hasNext();
            }

            @Override
            public Object next() {
                int id = ids.next();
                if (id == at && !failed) {
                    failed = true;
                    throw failure.get();
                }
                return Map.of("id", id);
            }
        };
    }

    /** As Camel leaves it where stream caching is off, which is where files are large. */
    private static InputStream once(int bytes) {
        return new FilterInputStream(new ByteArrayInputStream(new byte[bytes])) {
            @Override
            public boolean markSupported() {
                return false;
            }
        };
    }

    private void redelivering(String options) throws Exception {
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(50).redeliveryDelay(20));
                from("direct:in").streamCache("false").to(uri(options));
            }
        });
    }

    private List<WarehouseStatement> written() {
        List<WarehouseStatement> all = warehouse.statements();
        return all.subList(before, all.size()).stream()
                .filter(each -> each.sql().matches("(?s)(INSERT|MERGE|COPY) .*"))
                .toList();
    }

    private String uri(String options) {
        return "databricks:once?" + warehouse.endpointOptions() + "&volumePath=" + root + "&" + options;
    }
}
