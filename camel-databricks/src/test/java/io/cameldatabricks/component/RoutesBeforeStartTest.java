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

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Programs make their routes first and start the context then; tests tend to do it the other way round. */
class RoutesBeforeStartTest {

    private static final String WAREHOUSE = "host=https://host.example.com&warehouseId=w1&accessToken=t";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query=SELECT 1",
                "query=SELECT 1&async=true",
                "query=SELECT 1&operation=SUBMIT",
                "operation=STATUS",
                "operation=RESULT"
            })
    void shouldTakeRoutesThatAreMadeBeforeTheContextStarts(String options) throws Exception {
        start(WAREHOUSE, options);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query=SELECT 1",
                "query=SELECT 1&async=true",
                "query=SELECT 1&operation=SUBMIT",
                "operation=STATUS",
                "operation=RESULT"
            })
    void shouldTakeRoutesOverADataSourceThatCannotBeReachedYet(String options) throws Exception {
        start("dataSource=#users", options);
    }

    private static void start(String where, String options) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("users", new Unreachable());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to("databricks:reports?" + where + "&" + options);
                    from("databricks:reports?" + where).process(exchange -> {});
                }
            });
            context.start();

            assertThat(context.getRoutesSize()).isEqualTo(2);
            assertThat(context.getRoutes()).allMatch(route -> context.getRouteController()
                    .getRouteStatus(route.getId())
                    .isStarted());
        }
    }

    private static final class Unreachable extends JdbcDataSourceOfNothing {
        @Override
        public Connection getConnection() {
            throw new IllegalStateException("out of reach");
        }
    }
}
