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

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import org.apache.camel.BindToRegistry;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.DatabricksComponent;
import io.cameldatabricks.component.auth.AccessToken;
import io.cameldatabricks.component.auth.TokenSource;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;

/** Where the address and the credentials come from. */
class ConnectingSnippetsTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    /** A user's client of a vault. */
    interface Secrets {
        String read(String name);
    }

    /** A user's configuration class. */
    public static final class Configuration {

        private final Secrets secrets;
        private final InstantSource clock = InstantSource.system();

        Configuration(Secrets secrets) {
            this.secrets = secrets;
        }

        // tag::token-source[]
        @BindToRegistry
        public TokenSource vault() {
            return () -> AccessToken.of(secrets.read("databricks"), clock.instant().plus(Duration.ofMinutes(30)));
        }
        // end::token-source[]
    }

    @Test
    void tokenSource() throws Exception {
        warehouse.script(Script.statement("SELECT 42 AS answer").column("answer", "INT").row(42));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PluginHelper.getBeanPostProcessor(context)
                    .postProcessBeforeInitialization(new Configuration(name -> warehouse.token()), "configuration");
            context.start();
            DatabricksComponent databricks = context.getComponent("databricks", DatabricksComponent.class);
            databricks.getWorkspace().setHost(warehouse.httpUrl());
            databricks.getWorkspace().setWarehouseId(warehouse.warehouseId());

            assertThat(context.createProducerTemplate()
                            .requestBody("databricks:any?query=SELECT 42 AS answer", (Object) null))
                    .isEqualTo(List.of(Map.of("answer", 42)));
        }
    }

    /** The file of properties on the page of the project, the variable of the environment played. */
    @Test
    void properties() throws Exception {
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("classpath:snippets/connect.properties");
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport starting) {
                starting.getCamelContext().getPropertiesComponent().addPropertiesFunction(new Environment());
            }
        });
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {}
        });
        main.start();
        try {
            DatabricksComponent databricks =
                    main.getCamelContext().getComponent("databricks", DatabricksComponent.class);
            assertThat(databricks.getWorkspace().getHost()).isEqualTo("https://dbc-1234.cloud.databricks.com");
            assertThat(databricks.getWorkspace().getWarehouseId()).isEqualTo("1234567890abcdef");
            assertThat(databricks.getWorkspace().getAccessToken()).isEqualTo("the value of DATABRICKS_TOKEN");
        } finally {
            main.stop();
        }
    }

    /** Variables of the environment cannot be set within a process. */
    static final class Environment extends ServiceSupport implements PropertiesFunction {

        @Override
        public String getName() {
            return "env";
        }

        @Override
        public String apply(String name) {
            return "the value of " + name;
        }
    }
}
