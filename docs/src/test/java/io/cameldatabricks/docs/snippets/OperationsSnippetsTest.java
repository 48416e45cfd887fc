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
package io.cameldatabricks.docs.snippets;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.PropertyInject;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.component.DatabricksComponent;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;

/** Options of a program that runs at night. */
@Timeout(120)
class OperationsSnippetsTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    @TempDir
    Path folder;

    /** A user's configuration class. */
    public static final class Configuration implements CamelConfiguration {

        // tag::cluster[]
        @BindToRegistry
        public DataSource handles(@PropertyInject("handles.url") String url) {
            HikariDataSource dataSource = new HikariDataSource();
            dataSource.setJdbcUrl(url);             // jdbc:postgresql://db.example.com/handles?user=...
            dataSource.setMaximumPoolSize(4);
            return dataSource;
        }
        // end::cluster[]
    }

    @Test
    void handlesInADatabase() throws Exception {
        warehouse.script(Script.matching("SELECT .*").column("total", "INT").row(42));
        String url = "jdbc:h2:retry:" + folder.resolve("handles") + ";WRITE_DELAY=0";
        Main main = main("classpath:snippets/cluster.properties");
        main.addInitialProperty("handles.url", url);
        main.configure().addConfiguration(Configuration.class);
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("timer:once?repeatCount=1").to("databricks:reports?operation=SUBMIT&query=SELECT 42 AS total");
                from("databricks:reports").to("seda:reports");
            }
        });
        main.start();
        try {
            assertThat(main.getCamelContext().createConsumerTemplate().receiveBody("seda:reports", 60_000))
                    .isEqualTo(List.of(Map.of("total", 42)));
            DataSource handles = main.lookupByType(DataSource.class).values().iterator().next();
            try (Connection connection = handles.getConnection();
                    ResultSet rows = connection.createStatement().executeQuery("select count(*) from databricks_handle")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
            assertThat(main.getCamelContext()
                            .getComponent("databricks", DatabricksComponent.class)
                            .getWatch()
                            .getLease())
                    .isEqualTo(15_000);
        } finally {
            main.stop();
        }
    }

    @Test
    void shutdown() throws Exception {
        Main main = main("classpath:snippets/shutdown.properties");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {}
        });
        main.start();
        try {
            assertThat(main.getCamelContext().getShutdownStrategy().getTimeout()).isEqualTo(60);
        } finally {
            main.stop();
        }
    }

    @Test
    void durable() throws Exception {
        Main main = main("classpath:snippets/durable.properties");
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {}
        });
        main.start();
        try {
            assertThat(main.getCamelContext()
                            .getComponent("databricks", DatabricksComponent.class)
                            .getWatch()
                            .isDurable())
                    .isTrue();
        } finally {
            main.stop();
        }
    }

    private static Main main(String properties) {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation(properties);
        main.addInitialProperty("camel.component.databricks.host", warehouse.httpUrl());
        main.addInitialProperty("camel.component.databricks.warehouseId", warehouse.warehouseId());
        main.addInitialProperty("camel.component.databricks.accessToken", warehouse.token());
        return main;
    }
}
