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

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ResultExpiredException;
import io.cameldatabricks.component.repository.HandleRepositoryException;
import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.Takeover;
import io.cameldatabricks.component.repository.memory.MemoryStatementHandleRepository;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.RefusedCall;
import io.cameldatabricks.testinfra.fault.ServerError;

import static org.assertj.core.api.Assertions.assertThat;

/** What a consumer does while the warehouse or the repository is out of reach, or what it wants to read is gone. */
@Timeout(120)
class ConsumerTroubleTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private ConsumerScenario scenario;

    @BeforeEach
    void start() {
        scenario = new ConsumerScenario(warehouse);
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    @Test
    void shouldDeliverWhenTheWarehouseIsWithinReachAgain() throws Exception {
        warehouse.inject(ServerError.status(503).on(CallKind.OPEN_SESSION));
        scenario.deliverTo("results", "connectionTimeout=300&maxDeliveries=1&redeliveryDelay=50");
        scenario.submit("SELECT 1");
        ConsumerScenario.await().until(() -> tries() >= 2);
        assertThat(scenario.stored(HandleState.DEAD)).as("no route has seen it").isEmpty();

        scenario.mock("results").expectedMessageCount(1);
        warehouse.clearFaults();
        scenario.mock("results").assertIsSatisfied();
        scenario.awaitStored(HandleState.DELIVERED, 1);
        assertThat(scenario.mock("results")
                        .getExchanges()
                        .get(0)
                        .getMessage()
                        .getHeader("CamelDatabricksDeliveryCount"))
                .isEqualTo(1);
    }

    /** How often a connection was tried to be opened. */
    private static long tries() {
        return warehouse.requests().stream()
                .filter(request ->
                        request.method().equals("POST") && request.uri().contains("/sessions"))
                .count();
    }

    @Test
    void shouldTakeItsOwnTroubleToTheErrorHandlerIfToldSo() throws Exception {
        warehouse.inject(ServerError.status(503).on(CallKind.OPEN_SESSION));
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DatabricksException.class).handled(true).to("mock:trouble");
                from(scenario.uri("reports", "connectionTimeout=300&bridgeErrorHandler=true"))
                        .to("mock:results");
            }
        });
        scenario.mock("trouble").expectedMinimumMessageCount(1);
        scenario.submit("SELECT 1");
        scenario.mock("trouble").assertIsSatisfied();
        warehouse.clearFaults();
        scenario.awaitStored(HandleState.DELIVERED, 1);
    }

    @Test
    void shouldSayThatAResultHasExpired() throws Exception {
        scenario.submit("SELECT 1");
        scenario.awaitStored(HandleState.COMPLETED, 1);
        warehouse.advanceClock(Duration.ofHours(13));
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                onException(ResultExpiredException.class).handled(true).to("mock:expired");
                from(scenario.uri("reports", "")).to("mock:results");
            }
        });
        scenario.mock("expired").expectedMessageCount(1);
        scenario.mock("expired").assertIsSatisfied();
        scenario.awaitStored(HandleState.DELIVERED, 1);
        Exchange exchange = scenario.mock("expired").getExchanges().get(0);
        assertThat(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT))
                .isInstanceOf(ResultExpiredException.class);
        assertThat(exchange.getMessage().getHeader("CamelDatabricksState")).isEqualTo("SUCCEEDED");
    }

    /** The server then says only CLOSED, which is a success: a route must not take it for a result without rows. */
    @Test
    void shouldSayThatRowsHaveExpiredBeforeTheEndWasSeen() throws Exception {
        warehouse.script(Script.statement("INSERT INTO t VALUES (1)").updateCount(1));
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                onException(ResultExpiredException.class).handled(true).to("mock:expired");
                from(scenario.uri("reports", "")).to("mock:results");
            }
        });
        scenario.mock("expired").expectedMessageCount(1);
        scenario.mock("results").expectedMessageCount(1);
        warehouse.inject(ServerError.status(503).on(CallKind.STATUS));
        scenario.submit("SELECT 1");
        scenario.submit("INSERT INTO t VALUES (1)");
        warehouse.advanceClock(Duration.ofMinutes(61));
        warehouse.clearFaults();

        scenario.mock("expired").assertIsSatisfied();
        scenario.mock("results").assertIsSatisfied();
        scenario.awaitStored(HandleState.DELIVERED, 2);
        for (String mock : List.of("expired", "results")) {
            assertThat(scenario.mock(mock).getExchanges().get(0).getMessage().getHeader("CamelDatabricksState"))
                    .isEqualTo("CLOSED");
        }
        assertThat(scenario.mock("results").getExchanges().get(0).getMessage().getBody())
                .isNull();
    }

    /** As a node that stands still while it reads rows, and goes on when another one has long delivered them. */
    @Test
    void shouldNotDeliverWhatAnotherNodeHasDeliveredWhileItReadTheRows() throws Exception {
        MemoryStatementHandleRepository store = new MemoryStatementHandleRepository(InstantSource.system());
        AtomicReference<NodeLease> joined = new AtomicReference<>();
        StatementHandleRepository seen = (StatementHandleRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {StatementHandleRepository.class},
                (self, method, arguments) -> {
                    Object answer = method.invoke(store, arguments);
                    if (method.getName().equals("join")) {
                        joined.set((NodeLease) answer);
                    }
                    return answer;
                });
        scenario.camel().context().getRegistry().bind("handles", StatementHandleRepository.class, seen);
        warehouse.inject(ServerError.status(503).on(CallKind.OPEN_SESSION));
        scenario.deliverTo("results", "handleRepository=#handles&lease=3s&connectionTimeout=60s");
        scenario.submitTo("handleRepository=#handles&lease=3s", "SELECT 1");
        ConsumerScenario.await().until(() -> store.counts("reports").containsKey(HandleState.CLAIMED));

        NodeLease first = joined.get();
        NodeLease other = store.join("other", Duration.ofMinutes(10));
        store.leave(first);
        store.takeOver(other, List.of("reports"), 10);
        StatementHandle claimed = store.claim(other, "reports", 1).get(0);
        assertThat(store.update(other, claimed.withConfirmed(Instant.now()), claimed.version()))
                .isTrue();
        ConsumerScenario.await().until(() -> !joined.get().equals(first));
        warehouse.clearFaults();

        DatabricksConsumer consumer = (DatabricksConsumer)
                scenario.camel().context().getRoute("delivery").getConsumer();
        ConsumerScenario.await().until(() -> consumer.inFlight() == 0);
        assertThat(scenario.mock("results").getExchanges()).isEmpty();
        assertThat(store.find(claimed.key()).orElseThrow().delivery().count()).isEqualTo(2);
    }

    @Test
    void shouldWorkWithPooledExchanges() throws Exception {
        CamelContext context = scenario.camel().context();
        scenario.camel().context().stop();
        context.getCamelContextExtension().setExchangeFactory(new PooledExchangeFactory());
        context.start();
        Map<Object, Integer> rows = new HashMap<>();
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                from(scenario.uri("reports", "redeliveryDelay=10")).process(exchange -> {
                    if (exchange.getMessage().getHeader("CamelDatabricksDeliveryCount", Integer.class) == 1) {
                        throw new IllegalStateException("again");
                    }
                    synchronized (rows) {
                        rows.merge(
                                exchange.getMessage().getHeader("orderNumber"),
                                exchange.getMessage().getBody(List.class).size(),
                                Integer::sum);
                    }
                });
            }
        });
        for (int i = 0; i < 20; i++) {
            scenario.submit("reports", "SELECT " + i, Map.of("orderNumber", i));
        }
        scenario.awaitStored(HandleState.DELIVERED, 20);
        assertThat(rows).hasSize(20).allSatisfy((order, count) -> assertThat(count)
                .isEqualTo(2));
    }

    @Test
    void shouldBeReadyOnceTheWorkspaceAnswers() throws Exception {
        warehouse.inject(RefusedCall.permissionDenied().on(CallKind.STATUS));
        scenario.deliverTo("results", "");
        HealthCheck check = ((DatabricksConsumer)
                        scenario.camel().context().getRoute("delivery").getConsumer())
                .getHealthCheck();
        ConsumerScenario.await()
                .untilAsserted(
                        () -> assertThat(check.callReadiness().getError()).isPresent());
        assertThat(check.callReadiness().getState()).isEqualTo(HealthCheck.State.DOWN);
        // nobody sends anything, so it asks again by itself
        warehouse.clearFaults();
        ConsumerScenario.await()
                .untilAsserted(
                        () -> assertThat(check.callReadiness().getState()).isEqualTo(HealthCheck.State.UP));
        assertThat(check.isLiveness()).isFalse();
        // no session, which might wake the warehouse
        assertThat(warehouse.requests()).noneMatch(request -> request.uri().contains("/sessions"));
    }

    @Test
    void shouldOutliveARepositoryOutOfReach() throws Exception {
        Flaky repository = new Flaky();
        scenario.camel().context().getRegistry().bind("flaky", repository);
        scenario.deliverTo("results", "handleRepository=#flaky");
        scenario.mock("results").expectedMessageCount(2);
        scenario.submitTo("handleRepository=#flaky", "SELECT 1");
        ConsumerScenario.await().until(() -> repository.counts("reports").getOrDefault(HandleState.DELIVERED, 0L) == 1);
        repository.broken = true;
        ConsumerScenario.await().until(() -> repository.failures > 0);
        repository.broken = false;
        scenario.submitTo("handleRepository=#flaky", "SELECT 2");
        scenario.mock("results").assertIsSatisfied();
        ConsumerScenario.await().until(() -> repository.counts("reports").getOrDefault(HandleState.DELIVERED, 0L) == 2);
    }

    /** Statements are dropped by the server that nobody asks for. */
    @Test
    void shouldAskForStatementsWhileTheRepositoryDoesNotAnswer() throws Exception {
        warehouse.script(Script.statement("SELECT long").takes(Duration.ofMinutes(5)));
        CountDownLatch answers = new CountDownLatch(1);
        MemoryStatementHandleRepository store = new MemoryStatementHandleRepository(InstantSource.system());
        AtomicInteger stuck = new AtomicInteger();
        StatementHandleRepository repository = (StatementHandleRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {StatementHandleRepository.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("update")
                            && arguments[1] instanceof StatementHandle changed
                            && changed.state() == HandleState.COMPLETED) {
                        stuck.incrementAndGet();
                        answers.await();
                    }
                    return method.invoke(store, arguments);
                });
        scenario.camel().context().getRegistry().bind("stuck", StatementHandleRepository.class, repository);
        scenario.submitTo("handleRepository=#stuck", "SELECT long");
        for (int i = 0; i < store.concurrency(); i++) {
            scenario.submitTo("handleRepository=#stuck", "SELECT 1");
        }
        ConsumerScenario.await().until(() -> stuck.get() == store.concurrency());

        warehouse.clearRequests();
        ConsumerScenario.await()
                .until(() -> warehouse.requests().stream()
                                .filter(request -> request.method().equals("GET")
                                        && request.uri().contains("/statements/"))
                                .count()
                        >= 2);
        answers.countDown();
    }

    /** A repository that can be broken. */
    private static final class Flaky implements StatementHandleRepository {

        private final StatementHandleRepository real = new MemoryStatementHandleRepository(InstantSource.system());
        private volatile boolean broken;
        private volatile int failures;

        private void check() {
            if (broken) {
                failures++;
                throw new HandleRepositoryException("out of reach", null);
            }
        }

        @Override
        public NodeLease join(String node, Duration lease) {
            return real.join(node, lease);
        }

        @Override
        public boolean renew(NodeLease lease) {
            return real.renew(lease);
        }

        @Override
        public void leave(NodeLease lease) {
            real.leave(lease);
        }

        @Override
        public Takeover takeOver(NodeLease lease, Collection<String> names, int limit) {
            return real.takeOver(lease, names, limit);
        }

        @Override
        public boolean add(NodeLease lease, StatementHandle intent) {
            return real.add(lease, intent);
        }

        @Override
        public Optional<StatementHandle> find(String key) {
            return real.find(key);
        }

        @Override
        public boolean update(NodeLease lease, StatementHandle changed, long expectedVersion) {
            check();
            return real.update(lease, changed, expectedVersion);
        }

        @Override
        public boolean remove(NodeLease lease, StatementHandle intent) {
            return real.remove(lease, intent);
        }

        @Override
        public List<StatementHandle> claim(NodeLease lease, String name, int limit) {
            check();
            return real.claim(lease, name, limit);
        }

        @Override
        public boolean release(NodeLease lease, StatementHandle claimed, Duration backoff) {
            check();
            return real.release(lease, claimed, backoff);
        }

        @Override
        public boolean giveBack(NodeLease lease, StatementHandle claimed, Duration delay) {
            check();
            return real.giveBack(lease, claimed, delay);
        }

        @Override
        public List<StatementHandle> list(String name, HandleState state, int limit) {
            return real.list(name, state, limit);
        }

        @Override
        public Map<HandleState, Long> counts(String name) {
            return real.counts(name);
        }

        @Override
        public int removeSettled(HandleState state, Duration retention, int limit) {
            return real.removeSettled(state, retention, limit);
        }
    }
}
