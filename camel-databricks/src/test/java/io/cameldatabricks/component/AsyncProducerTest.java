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
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;

/** No thread of the sender waits, and every exchange ends exactly once. */
@Timeout(60)
class AsyncProducerTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private RunningContext camel;

    @BeforeEach
    void start() {
        camel = new RunningContext();
        warehouse.clearScripts();
        warehouse.script(Script.statement("SELECT quick").column("a", "INT").row(1));
        warehouse.script(Script.statement("SELECT slow")
                .takes(Duration.ofMinutes(5))
                .column("a", "INT")
                .row(1));
    }

    @AfterEach
    void stop() {
        warehouse.advanceClock(Duration.ofMinutes(5));
        camel.close();
    }

    @Test
    void shouldReturnToTheSenderBeforeTheStatementEnds() throws Exception {
        Sends sends = new Sends("query=SELECT slow");

        assertThat(sends.send()).isFalse();
        Awaitility.await().until(() -> running() == 1);
        assertThat(sends.ended).hasValue(0);

        warehouse.advanceClock(Duration.ofMinutes(5));
        Awaitility.await().untilAtomic(sends.ended, org.hamcrest.Matchers.is(1));
        assertThat(sends.exchanges.get(0).getException()).isNull();
        assertThat(sends.exchanges.get(0).getMessage().getHeader(DatabricksConstants.ROW_COUNT))
                .isEqualTo(1);
    }

    @Test
    void shouldEndEveryExchangeOnce() throws Exception {
        Sends sends = new Sends("maxPoolSize=4&query=SELECT quick");
        for (int i = 0; i < 300; i++) {
            sends.send();
        }

        Awaitility.await().untilAtomic(sends.ended, org.hamcrest.Matchers.is(300));
        assertThat(sends.endedTwice).hasValue(0);
        assertThat(sends.exchanges)
                .allSatisfy(exchange -> assertThat(exchange.getException()).isNull());
    }

    @Test
    void shouldRefuseAtOnceWhatTheQueueCannotHold() throws Exception {
        Sends sends = new Sends("maxPoolSize=1&maxQueueSize=2&query=SELECT slow");
        sends.send();
        Awaitility.await().until(() -> running() == 1);
        sends.send();
        sends.send();

        assertThat(sends.send()).isTrue();

        assertThat(sends.ended).hasValue(1);
        assertThat(sends.exchanges.get(3).getException())
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessage(
                        "All 1 connections are busy (maxPoolSize) and 2 messages are waiting already (maxQueueSize):"
                                + " send fewer, or allow more");
    }

    @Test
    void shouldEndWhatWaitsWhenItIsStopped() throws Exception {
        Sends sends = new Sends("maxPoolSize=1&queryTimeout=1h&query=SELECT slow");
        sends.send();
        Awaitility.await().until(() -> running() == 1);
        for (int i = 0; i < 5; i++) {
            sends.send();
        }

        camel.component().stop();

        Awaitility.await().untilAtomic(sends.ended, org.hamcrest.Matchers.is(6));
        assertThat(sends.endedTwice).hasValue(0);
        assertThat(sends.exchanges.subList(1, 6)).allSatisfy(exchange -> assertThat(exchange.getException())
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessage("The component was stopped before the statement was sent"));
    }

    @Test
    void shouldLetARouteSendToItsOwnEndpointAgain() throws Exception {
        String uri = uri("maxPoolSize=1&query=SELECT quick");
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:nested")
                        .to(uri)
                        .process(exchange -> camel.template().requestBody(uri, (Object) null))
                        .to(uri);
            }
        });

        assertThat(camel.send("direct:nested").getException()).isNull();
    }

    @Test
    void shouldReachTheErrorHandlerOfTheRoute() throws Exception {
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(TransientDatabricksException.class).handled(true).setBody(constant("handled"));
                from("direct:down")
                        .to("databricks:down?host=http://127.0.0.1:1&warehouseId=w&accessToken=t&connectionTimeout=300"
                                + "&query=SELECT 1");
            }
        });

        assertThat(camel.send("direct:down").getMessage().getBody()).isEqualTo("handled");
    }

    private static long running() {
        return warehouse.requests().stream()
                .filter(request -> request.method().equals("POST")
                        && request.body() != null
                        && request.body().contains("SELECT slow"))
                .count();
    }

    private static String uri(String options) {
        return "databricks:test?" + warehouse.endpointOptions() + "&" + options;
    }

    /** Exchanges sent to one endpoint, and how often each ended. */
    private final class Sends {
        private final AsyncProducer producer;
        private final List<Exchange> exchanges = new ArrayList<>();
        private final AtomicInteger ended = new AtomicInteger();
        private final AtomicInteger endedTwice = new AtomicInteger();

        private Sends(String options) throws Exception {
            warehouse.clearRequests();
            producer = camel.context().getEndpoint(uri(options)).createAsyncProducer();
            producer.start();
        }

        /** Whether it was over when it returned. */
        private boolean send() {
            Exchange exchange = producer.getEndpoint().createExchange();
            exchanges.add(exchange);
            CountDownLatch once = new CountDownLatch(1);
            return producer.process(exchange, doneSync -> {
                if (once.getCount() == 0) {
                    endedTwice.incrementAndGet();
                }
                once.countDown();
                ended.incrementAndGet();
            });
        }
    }
}
