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
package io.cameldatabricks.examples.springboot;

import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

import io.cameldatabricks.component.error.DatabricksException;

import static io.cameldatabricks.component.DatabricksConstants.CORRELATION_ID;

/** One route submits reports and goes on at once; the other receives each when it is done, whenever that is. */
@Component
class ReportRoutes extends RouteBuilder {

    private final FinishedReports finished;

    ReportRoutes(FinishedReports finished) {
        this.finished = finished;
    }

    @Override
    public void configure() {
        onException(DatabricksException.class)
                .handled(true)
                .process(exchange -> finished.failed(
                        id(exchange),
                        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)
                                .getMessage()));

        // options that are not here come from application.properties
        from("direct:submit")
                .routeId("submit")
                .to("databricks:reports?operation=SUBMIT&query=classpath:sql/report.sql");

        from("databricks:reports").routeId("receive").process(this::finished);
    }

    @SuppressWarnings("unchecked")
    private void finished(Exchange exchange) {
        finished.succeeded(
                id(exchange), (List<Map<String, Object>>) exchange.getMessage().getBody(List.class));
    }

    private static String id(Exchange exchange) {
        return exchange.getMessage().getHeader(CORRELATION_ID, String.class);
    }
}
