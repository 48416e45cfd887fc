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
package io.cameldatabricks.springboot;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.support.LifecycleStrategySupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.fault.SlowStart;

import static org.assertj.core.api.Assertions.assertThat;

/** A whole application: properties, beans, health, and the order of its end. */
class StarterIT {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    @TempDir
    Path folder;

    /** What happened to the data source while the application stopped. */
    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    @SpringBootApplication
    static class Application {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        DataSource handles(Environment environment) {
            HikariDataSource dataSource = new HikariDataSource() {
                @Override
                public void close() {
                    EVENTS.add("data source closed");
                    super.close();
                }
            };
            dataSource.setJdbcUrl(environment.getRequiredProperty("handles.url"));
            return dataSource;
        }

        @Bean
        RouteBuilder routes() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:submit").to("databricks:reports?operation=SUBMIT&query=SELECT 1");
                    from("databricks:reports").routeId("receive").to("mock:received");
                    from("direct:count").to("databricks:reports?query=SELECT 1&outputType=SELECT_ONE");
                }
            };
        }
    }

    @BeforeEach
    void begin() {
        // a fault that is switched off leaves a warehouse that runs
        warehouse.clearFaults();
        warehouse.clearScripts();
    }

    private ConfigurableApplicationContext start() {
        SpringApplication application = new SpringApplication(Application.class);
        application.setDefaultProperties(Map.of(
                "camel.component.databricks.host",
                warehouse.httpUrl(),
                "camel.component.databricks.warehouse-id",
                warehouse.warehouseId(),
                "camel.component.databricks.access-token",
                warehouse.token(),
                "camel.component.databricks.durable",
                "true",
                "camel.main.dev-console-enabled",
                "true",
                "handles.url",
                "jdbc:h2:file:" + folder.resolve("handles") + ";WRITE_DELAY=0",
                "spring.main.banner-mode",
                "off"));
        return application.run();
    }

    @Test
    void shouldWorkWithTheBeansOfTheApplicationAndEndInOrder() {
        warehouse.script(Script.statement("SELECT 1").column("one", "INT").row(1));
        EVENTS.clear();
        try (ConfigurableApplicationContext context = start()) {
            ProducerTemplate template = context.getBean(ProducerTemplate.class);
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            context.getBean(CamelContext.class).addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onContextStopped(CamelContext stopped) {
                    EVENTS.add("Camel stopped");
                }
            });

            Map<?, ?> row = template.requestBody("direct:count", null, Map.class);
            assertThat(row.get("one")).isEqualTo(1);
            template.requestBody("direct:submit", (Object) null);

            await().until(() -> meters.find("databricks.deliveries")
                            .tag("outcome", "delivered")
                            .counter()
                    != null);
            assertThat(storedHandles(context.getBean(DataSource.class))).isOne();
            assertThat(meters.get("databricks.handles.submitted").counter().count())
                    .isEqualTo(1);
            assertThat(meters.get("databricks.operations")
                            .tag("operation", "EXECUTE")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }

        assertThat(EVENTS).containsExactly("Camel stopped", "data source closed");
    }

    @Test
    void shouldTellTheHealthOfAStoppedWarehouseWithoutWakingIt() {
        try (ConfigurableApplicationContext context = start()) {
            HealthIndicator databricks = context.getBean("databricksHealthIndicator", HealthIndicator.class);
            // the consumer asks the workspace once whether it is there
            await().until(() -> databricks.health().getStatus() == Status.UP);
            warehouse.inject(new SlowStart(Duration.ofMinutes(10)));
            warehouse.clearRequests();

            await().until(() -> "STOPPED"
                    .equals(detail(databricks.health(), "producer:databricks-reports")
                            .get("warehouse.state")));

            Health health = databricks.health();
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .containsOnlyKeys(
                            "consumer:databricks-receive", "databricks-backlog-reports", "producer:databricks-reports");
            assertThat(health.toString()).doesNotContain(warehouse.token());
            assertThat(warehouse.requests())
                    .isNotEmpty()
                    .allMatch(request ->
                            request.method().equals("GET") && request.uri().startsWith("/api/2.0/sql/warehouses/"));
        }
    }

    @Test
    void shouldShowMBeansAndTheConsoleAndNothingSecret() throws Exception {
        try (ConfigurableApplicationContext context = start()) {
            CamelContext camel = context.getBean(CamelContext.class);
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            String scope = "org.apache.camel:context=" + camel.getManagementName() + ",";

            ObjectName component = one(server, scope + "type=components,*");
            assertThat(server.getAttribute(component, "OpenPools")).isEqualTo(1);
            assertThat((String) server.invoke(component, "console", new Object[0], new String[0]))
                    .contains(warehouse.warehouseId());
            ObjectName consumer = one(server, scope + "type=consumers,name=DatabricksConsumer*");
            assertThat(server.getAttribute(consumer, "Watched")).isEqualTo(0);
            TabularData dead = (TabularData)
                    server.invoke(consumer, "deadLetters", new Object[] {10}, new String[] {int.class.getName()});
            assertThat(dead.isEmpty()).isTrue();
            DevConsole console = camel.getCamelContextExtension()
                    .getContextPlugin(DevConsoleRegistry.class)
                    .resolveById("databricks");
            String page = (String) console.call(DevConsole.MediaType.TEXT, Map.of());
            assertThat(page).contains("Pools", warehouse.warehouseId()).doesNotContain(warehouse.token());
            for (ObjectName name : server.queryNames(new ObjectName(scope + "*"), null)) {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    assertThat(String.valueOf(valueOf(server, name, attribute)))
                            .as(name + " " + attribute.getName())
                            .doesNotContain(warehouse.token());
                }
            }
        }
    }

    private static ObjectName one(MBeanServer server, String pattern) throws JMException {
        return server.queryNames(new ObjectName(pattern), null).stream()
                .filter(name ->
                        !pattern.contains("components") || name.toString().contains("databricks"))
                .findFirst()
                .orElseThrow();
    }

    private static Object valueOf(MBeanServer server, ObjectName name, MBeanAttributeInfo attribute) {
        try {
            return attribute.isReadable() ? server.getAttribute(name, attribute.getName()) : null;
        } catch (JMException | RuntimeException e) {
            return e.toString();
        }
    }

    private static Map<?, ?> detail(Health health, String check) {
        return (Map<?, ?>) health.getDetails().get(check);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    private static long storedHandles(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from databricks_handle")) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
