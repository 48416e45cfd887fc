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
package io.cameldatabricks.component.observe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.SpanDecorator;
import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.DatabricksConstants;

import static org.assertj.core.api.Assertions.assertThat;

class DatabricksSpanDecoratorTest {

    /** What was written into a span. */
    private static final class Recorded implements Span {

        private final Map<String, String> tags = new LinkedHashMap<>();

        @Override
        public void log(Map<String, String> fields) {
            tags.putAll(fields);
        }

        @Override
        public void setComponent(String component) {
            tags.put("component", component);
        }

        @Override
        public void setError(boolean isError) {
            tags.put("error", String.valueOf(isError));
        }

        @Override
        public void setTag(String key, String value) {
            tags.put(key, value);
        }
    }

    private static SpanDecorator found() {
        return ServiceLoader.load(SpanDecorator.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(decorator -> "databricks".equals(decorator.getComponent()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldBeFoundByCamelAndDescribeAStatement() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Endpoint endpoint = context.getEndpoint("databricks:reports?host=https://dbc-1.cloud.databricks.com"
                    + "&warehouseId=w1&accessToken=RAW(top-secret)&catalog=main&schema=sales"
                    + "&operation=SUBMIT&query=RAW(SELECT * FROM t WHERE a = :a)");
            Exchange exchange = new DefaultExchange(context);
            Recorded span = new Recorded();
            SpanDecorator decorator = found();

            decorator.beforeTracingEvent(span, exchange, endpoint);
            exchange.getMessage().setHeader(DatabricksConstants.STATEMENT_ID, "01ef-42");
            decorator.afterTracingEvent(span, exchange);

            assertThat(decorator.getComponentClassName())
                    .isEqualTo(endpoint.getComponent().getClass().getName());
            assertThat(span.tags)
                    .containsEntry("db.system", "databricks")
                    .containsEntry("db.name", "main.sales")
                    .containsEntry("db.operation", "SUBMIT")
                    .containsEntry("db.statement", "SELECT * FROM t WHERE a = :a")
                    .containsEntry("server.address", "https://dbc-1.cloud.databricks.com")
                    .containsEntry("databricks.statement_id", "01ef-42");
            assertThat(span.tags.toString()).doesNotContain("top-secret");
        }
    }

    @Test
    void shouldReadTheHeaderThatTheComponentWrites() {
        assertThat(DatabricksSpanDecorator.STATEMENT_ID_HEADER).isEqualTo(DatabricksConstants.STATEMENT_ID);
    }
}
