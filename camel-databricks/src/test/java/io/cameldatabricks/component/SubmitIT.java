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

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;

/** Submitted statements on Spark, read through the driver. */
class SubmitIT {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.create();

    private RunningContext camel;

    @BeforeEach
    void start() {
        camel = new RunningContext();
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    private Exchange send(String transport, String options, Object body) {
        String uri = "databricks:spark?" + warehouse.endpointOptions() + "&asyncTransport=" + transport + "&" + options;
        return camel.send(uri, body, Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"REST", "JDBC"})
    void shouldBindParametersAndReadTheTypesOfExecute(String transport) {
        Map<String, Object> parameters = Map.of("n", 41, "s", "it's; -- \u20ac", "d", new BigDecimal("12.50"));
        String query = "query=SELECT :n * 2 AS n, :s AS s, :d AS d";

        StatementReference handle = send(transport, "operation=SUBMIT&" + query, parameters)
                .getMessage()
                .getBody(StatementReference.class);
        Exchange result = send(transport, "operation=RESULT", handle);

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody())
                .isEqualTo(List.of(Map.of("n", 82, "s", "it's; -- \u20ac", "d", new BigDecimal("12.50"))));
        // the same once more: reading it does not use it up
        assertThat(send(transport, "operation=RESULT", handle.text())
                        .getMessage()
                        .getHeader(DatabricksConstants.ROW_COUNT))
                .isEqualTo(1);
        assertThat(send(transport, "operation=EXECUTE&async=true&" + query, parameters)
                        .getMessage()
                        .getBody())
                .isEqualTo(result.getMessage().getBody());
    }

    @ParameterizedTest
    @ValueSource(strings = {"REST", "JDBC"})
    void shouldReadManyRows(String transport) {
        Exchange result = send(transport, "operation=EXECUTE&async=true&query=SELECT id FROM range(0, 20000)", null);

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getHeader(DatabricksConstants.ROW_COUNT)).isEqualTo(20_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REST", "JDBC"})
    void shouldReportWhatSparkRefuses(String transport) {
        StatementReference handle = send(
                        transport, "operation=SUBMIT&query=SELECT * FROM no_such_table_submit_it", null)
                .getMessage()
                .getBody(StatementReference.class);

        assertThat(send(transport, "operation=RESULT", handle).getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("42P01");
    }

    /** One of each type, and a row of nulls. */
    private static final String TYPES = "SELECT * FROM VALUES (1, CAST(1 AS TINYINT), 9000000000, 1.5D, CAST(1.25 AS"
            + " FLOAT), 12.34BD, 'text \u20ac', true, X'00FF', DATE'2024-02-29', TIMESTAMP'2024-02-29 12:34:56.789',"
            + " TIMESTAMP_NTZ'2024-02-29 12:34:56.789', array(1, 2), map('k', 1), named_struct('f', 1)),"
            + " (null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)"
            + " AS t(i, ti, l, d, f, dec, s, b, bin, dt, ts, ntz, a, m, st)";

    @ParameterizedTest
    @ValueSource(strings = {"REST", "JDBC", "JDBC&driverProperties.UseThriftClient=1"})
    void shouldDeliverTheTypesOfExecute(String transport) throws Exception {
        String place = "databricks:types?" + warehouse.endpointOptions() + "&asyncTransport=" + transport;
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(place).to("mock:typed");
            }
        });
        MockEndpoint typed = camel.context().getEndpoint("mock:typed", MockEndpoint.class);
        typed.expectedMessageCount(1);
        typed.setResultWaitTime(60_000);
        Map<String, Object> query = Map.of(DatabricksConstants.QUERY, TYPES);

        camel.send(place + "&operation=SUBMIT&allowDynamicQuery=true", null, query);
        Exchange executed = camel.send(place + "&allowDynamicQuery=true", null, query);

        assertThat(executed.getException()).isNull();
        assertThat((List<?>) executed.getMessage().getBody()).hasSize(2);
        typed.assertIsSatisfied();
        assertThat(typed.getExchanges().get(0).getMessage().getBody())
                .usingRecursiveComparison()
                .isEqualTo(executed.getMessage().getBody());
        assertThat(typed.getExchanges().get(0).getMessage().getHeader(DatabricksConstants.COLUMN_NAMES))
                .isEqualTo(executed.getMessage().getHeader(DatabricksConstants.COLUMN_NAMES));
    }
}
