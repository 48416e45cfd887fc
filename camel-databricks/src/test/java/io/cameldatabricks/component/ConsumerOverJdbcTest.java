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
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;

/** What was submitted over JDBC is delivered by the consumer, in both modes of the driver, whoever made the connections. */
@Timeout(120)
class ConsumerOverJdbcTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final AtomicBoolean down = new AtomicBoolean();
    private RunningContext camel;
    private HikariDataSource users;

    private enum Way {
        SEA(Transport.JDBC_SEA, "$PLACE&asyncTransport=JDBC"),
        THRIFT(Transport.JDBC_THRIFT, "$PLACE&asyncTransport=JDBC&driverProperties.UseThriftClient=1"),
        CLUSTER(Transport.JDBC_THRIFT, "host=$HOST&httpPath=$CLUSTER&accessToken=$TOKEN"),
        DATA_SOURCE(Transport.JDBC_SEA, "dataSource=#users"),
        THRIFT_DATA_SOURCE(Transport.JDBC_THRIFT, "dataSource=#users");

        private final Transport transport;
        private final String options;

        Way(Transport transport, String options) {
            this.transport = transport;
            this.options = options;
        }
    }

    @BeforeEach
    void start() {
        camel = new RunningContext();
        warehouse.clearScripts();
        warehouse.script(
                Script.matching("SELECT quick.*").column("a", "INT").row(1).row(2));
        warehouse.script(
                Script.matching(".*wrong.*").fails("42P01", "[TABLE_OR_VIEW_NOT_FOUND] The table is not there"));
    }

    @AfterEach
    void stop() {
        camel.close();
        if (users != null) {
            users.close();
        }
    }

    private String uri(Way way, String more) {
        if (users == null && way.name().endsWith("DATA_SOURCE")) {
            bindDataSource(way);
        }
        return "databricks:reports?"
                + way.options
                        .replace("$PLACE", warehouse.endpointOptions())
                        .replace("$HOST", warehouse.httpUrl())
                        .replace("$CLUSTER", warehouse.clusterHttpPath())
                        .replace("$TOKEN", warehouse.token())
                + more;
    }

    private void bindDataSource(Way way) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(
                warehouse.jdbcUrl(Map.of("UseThriftClient", way.transport == Transport.JDBC_THRIFT ? "1" : "0")));
        config.setDriverClassName("com.databricks.client.jdbc.Driver");
        config.setMaximumPoolSize(3);
        config.setMinimumIdle(0);
        users = new HikariDataSource(config);
        DataSource proxy = (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, arguments) -> {
                    if (method.getName().equals("getConnection") && down.get()) {
                        throw new SQLException("The network is down", "08001");
                    }
                    return switch (method.getName()) {
                        case "equals" -> self == arguments[0];
                        case "hashCode" -> System.identityHashCode(self);
                        default -> method.invoke(users, arguments);
                    };
                });
        camel.context().getRegistry().bind("users", DataSource.class, proxy);
    }

    private MockEndpoint deliver(Way way) throws Exception {
        String from = uri(way, "");
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(PermanentDatabricksException.class).handled(true).to("mock:failed");
                from(from).routeId("delivery").to("mock:rows");
            }
        });
        return camel.context().getEndpoint("mock:rows", MockEndpoint.class);
    }

    private StatementReference submit(Way way, String query) {
        Exchange exchange = camel.send(uri(way, "&operation=SUBMIT&query=" + query));
        assertThat(exchange.getException()).isNull();
        StatementReference handle = exchange.getMessage().getBody(StatementReference.class);
        assertThat(handle.target().transport()).isEqualTo(way.transport);
        return handle;
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeliverRowsAndFailures(Way way) throws Exception {
        MockEndpoint rows = deliver(way);
        MockEndpoint failed = camel.context().getEndpoint("mock:failed", MockEndpoint.class);
        rows.expectedMessageCount(1);
        failed.expectedMessageCount(1);
        rows.setResultWaitTime(40_000);
        failed.setResultWaitTime(40_000);

        StatementReference handle = submit(way, "SELECT quick");
        submit(way, "SELECT wrong");

        rows.assertIsSatisfied();
        assertThat(rows.getExchanges().get(0).getMessage().getBody())
                .isEqualTo(List.of(Map.of("a", 1), Map.of("a", 2)));
        assertThat(rows.getExchanges().get(0).getMessage().getHeader(DatabricksConstants.STATEMENT_ID))
                .isEqualTo(handle.id().publicPart());
        // a failure at once may already fail the submit over Thrift, but here it comes later
        failed.assertIsSatisfied();
        assertThat(failed.getExchanges().get(0).getMessage().getHeader(DatabricksConstants.SQL_STATE))
                .isEqualTo("42P01");
        ConsumerScenario.await()
                .until(() -> camel.component()
                                .services()
                                .memoryRepository()
                                .counts("reports")
                                .getOrDefault(HandleState.DELIVERED, 0L)
                        == 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"SEA", "CLUSTER"})
    void shouldDeliverWhatWasCutByTheLimitOfTheSubmit(Way way) throws Exception {
        MockEndpoint rows = deliver(way);
        rows.expectedMessageCount(1);
        rows.setResultWaitTime(40_000);

        camel.send(uri(way, "&operation=SUBMIT&query=SELECT quick"), null, Map.of(DatabricksConstants.ROW_LIMIT, 1));

        rows.assertIsSatisfied();
        assertThat(rows.getExchanges().get(0).getMessage().getBody()).isEqualTo(List.of(Map.of("a", 1)));
        assertThat(rows.getExchanges().get(0).getMessage().getHeader(DatabricksConstants.TRUNCATED))
                .as("Thrift does not tell")
                .isEqualTo(way.transport != Transport.JDBC_THRIFT);
    }

    @ParameterizedTest
    @EnumSource
    void shouldPickUpTheTextOfAHandleElsewhere(Way way) {
        String text = submit(way, "SELECT quick").text();
        assertThat(text).startsWith("dbsql1/" + way.transport + "/");
        RunningContext first = camel;
        HikariDataSource firstPool = users;
        try (RunningContext other = new RunningContext()) {
            camel = other;
            users = null;
            Exchange status = other.send(uri(way, "&operation=STATUS"), text, Map.of());
            assertThat(status.getMessage().getBody(StatementStatus.class).isFinished())
                    .isTrue();
            Exchange result = other.send(uri(way, "&operation=RESULT"), text, Map.of());
            assertThat(result.getException()).isNull();
            assertThat(result.getMessage().getBody()).isEqualTo(List.of(Map.of("a", 1), Map.of("a", 2)));
        } finally {
            if (users != null) {
                users.close();
            }
            camel = first;
            users = firstPool;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DATA_SOURCE", "THRIFT_DATA_SOURCE"})
    void shouldStartToDeliverWhenTheDataSourceIsWithinReachAtLast(Way way) throws Exception {
        down.set(true);
        MockEndpoint rows = deliver(way);
        rows.expectedMessageCount(1);
        rows.setResultWaitTime(40_000);
        DatabricksConsumer consumer =
                (DatabricksConsumer) camel.context().getRoute("delivery").getConsumer();
        assertThat(consumer.isStarted()).isTrue();
        ConsumerScenario.await()
                .until(() -> consumer.readiness().call(Map.of()).getError().isPresent());

        down.set(false);
        submit(way, "SELECT quick");

        rows.assertIsSatisfied();
        ConsumerScenario.await().until(() -> consumer.readiness().call(Map.of()).getState() == HealthCheck.State.UP);
    }

    @ParameterizedTest
    @EnumSource(names = "THRIFT_DATA_SOURCE")
    void shouldPollOverADataSource(Way way) {
        submit(way, "SELECT quick");

        Object body = camel.context().createConsumerTemplate().receiveBody(uri(way, ""), 30_000);

        assertThat(body).isEqualTo(List.of(Map.of("a", 1), Map.of("a", 2)));
    }
}
