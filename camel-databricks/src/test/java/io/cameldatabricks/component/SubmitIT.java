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
}
