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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.sql.HostileValues;
import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No value of a message becomes part of the text that reaches the server: 10,000 values of submitted statements, 500 of
 * batches, 5,000 of lists for IN.
 */
class HostileMessagesTest {

    private static final int VALUES = 50;
    private static final int SETS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static LocalWarehouseProcess warehouse;
    private static RunningContext camel;

    @BeforeContainer
    static void start() {
        warehouse = LocalWarehouseProcess.start(WarehouseOptions.scripted());
        warehouse.script(Script.matching("(?s).*").column("a", "INT").row(1));
        camel = new RunningContext();
    }

    @AfterContainer
    static void stop() {
        camel.close();
        warehouse.close();
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void shouldSubmitTheSameTextAndTheSameValues(@ForAll("hostile") @Size(VALUES) List<String> values)
            throws Exception {
        StringBuilder query = new StringBuilder("SELECT /* :v0 ? */ ':v1 ?', raw:v2 FROM t WHERE FALSE");
        StringBuilder expected = new StringBuilder(query);
        Map<String, Object> body = new LinkedHashMap<>();
        for (int i = 0; i < VALUES; i++) {
            query.append(" OR c = :").append(i % 2 == 0 ? "v" : "#v").append(i).append(" -- it's ?\n");
            expected.append(" OR c = :v").append(i).append(" -- it's ?\n");
            body.put("v" + i, values.get(i));
        }

        JsonNode request = sent("operation=SUBMIT", query.toString(), body).get(0);

        assertThat(request.get("statement").textValue()).isEqualTo(expected.toString());
        Map<String, String> received = new LinkedHashMap<>();
        for (JsonNode parameter : request.get("parameters")) {
            assertThat(parameter.get("type").textValue()).isEqualTo("STRING");
            received.put(
                    parameter.get("name").textValue(), parameter.get("value").textValue());
        }
        assertThat(received).isEqualTo(body);
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void shouldSendTheSameTextForEachSetOfABatch(@ForAll("hostile") @Size(SETS) List<String> values) throws Exception {
        String query = "INSERT INTO t VALUES (:v, ':v ?') -- :v ?";
        List<Map<String, Object>> sets = new ArrayList<>();
        values.forEach(value -> sets.add(Map.of("v", value)));

        List<JsonNode> requests = sent("batch=true", query, sets);

        assertThat(requests)
                .extracting(request -> request.get("statement").textValue())
                .hasSize(SETS)
                .containsOnly("INSERT INTO t VALUES (?, ':v ?') -- :v ?");
        assertThat(requests)
                .extracting(
                        request -> request.get("parameters").get(0).get("value").textValue())
                .isEqualTo(values);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void shouldSendTheSameTextForAListOfValues(@ForAll("hostile") @Size(VALUES) List<String> values) throws Exception {
        JsonNode request = sent("operation=EXECUTE", "SELECT '?' FROM t WHERE c IN (:#in:list)", Map.of("list", values))
                .get(0);

        assertThat(request.get("statement").textValue())
                .isEqualTo("SELECT '?' FROM t WHERE c IN (?" + ", ?".repeat(VALUES - 1) + ")");
        List<String> received = new ArrayList<>();
        request.get("parameters")
                .forEach(parameter -> received.add(parameter.get("value").textValue()));
        assertThat(received).isEqualTo(values);
    }

    @Provide
    Arbitrary<List<String>> hostile() {
        return HostileValues.lists();
    }

    /** The statements that reached the server. */
    private static List<JsonNode> sent(String options, String query, Object body) throws Exception {
        warehouse.clearRequests();
        Exchange exchange = camel.send(
                "databricks:hostile?" + warehouse.endpointOptions() + "&allowDynamicQuery=true&" + options,
                body,
                Map.of(DatabricksConstants.QUERY, query));
        assertThat(exchange.getException()).isNull();
        List<JsonNode> statements = new ArrayList<>();
        for (var request : warehouse.requests()) {
            if (request.method().equals("POST") && request.uri().matches("/api/2.0/sql/statements/?")) {
                statements.add(JSON.readTree(request.body()));
            }
        }
        return statements;
    }
}
