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

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What is wrong with a message fails it with one sentence, before anything is sent. */
class BadInputAtSendTest {

    private static final String PARAMETERS = DatabricksConstants.PARAMETERS;

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private static RunningContext camel;

    @BeforeAll
    static void start() {
        camel = new RunningContext();
    }

    @AfterAll
    static void stop() {
        camel.close();
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                arguments(
                        "missing parameter",
                        "query=SELECT :a",
                        null,
                        Map.of(),
                        "The query's parameter 'a' has no value; set it in the parameters header, in a Map body or as a message header."),
                arguments(
                        "surplus parameter",
                        "query=SELECT :a",
                        null,
                        Map.of(PARAMETERS, Map.of("a", 1, "b", "hidden")),
                        "The query has no marker for the parameter 'b'; remove it or use :b in the query."),
                arguments(
                        "too few values",
                        "query=SELECT ?, ?",
                        null,
                        Map.of(PARAMETERS, List.of(1)),
                        "The query has 2 positional markers (?) but 1 values were given as a List; give one value for each marker."),
                arguments(
                        "too many values",
                        "query=SELECT ?",
                        null,
                        Map.of(PARAMETERS, List.of(1, 2)),
                        "The query has 1 positional markers (?) but 2 values were given as a List; give one value for each marker."),
                arguments(
                        "too many values in the body",
                        "query=SELECT ?",
                        List.of(1, 2),
                        Map.of(),
                        "The query has 1 positional markers (?) but 2 values were given as a List; give one value for each marker."),
                arguments(
                        "values without markers",
                        "query=SELECT 1",
                        null,
                        Map.of(PARAMETERS, List.of(1)),
                        "The header CamelDatabricksParameters is a List of 1 values, but the query has no ? marker:"
                                + " remove it or add the markers."),
                arguments(
                        "a type that cannot be bound",
                        "query=SELECT :a",
                        null,
                        Map.of(PARAMETERS, Map.of("a", new Object())),
                        "The parameter 'a' has the type java.lang.Object, which cannot be bound; convert it to a string, number, date, time or byte[] first."),
                arguments(
                        "parameters that are neither Map nor List",
                        "query=SELECT :a",
                        null,
                        Map.of(PARAMETERS, "a=1"),
                        "The header CamelDatabricksParameters is neither a Map nor a List: set it to a Map for :name"
                                + " markers or to a List for ? markers."),
                arguments(
                        "a query by header",
                        "query=SELECT 1",
                        null,
                        Map.of(DatabricksConstants.QUERY, "DROP TABLE t"),
                        "The header CamelDatabricksQuery is not allowed here: remove it, or set"
                                + " allowDynamicQuery=true."),
                arguments(
                        "an operation by header",
                        "query=SELECT 1",
                        null,
                        Map.of(DatabricksConstants.OPERATION, "EXECUTE"),
                        "The header CamelDatabricksOperation is not allowed here: remove it, or set"
                                + " allowDynamicOperation=true."),
                arguments(
                        "an unknown operation",
                        "query=SELECT 1&allowDynamicOperation=true",
                        null,
                        Map.of(DatabricksConstants.OPERATION, "EXPLODE"),
                        "The header CamelDatabricksOperation names no operation: use one of [EXECUTE, SUBMIT, STATUS, RESULT, CANCEL, CLOSE, INSERT, MERGE, LOAD, UPLOAD, DOWNLOAD, DELETE, LIST]."),
                arguments(
                        "no query at all",
                        "allowDynamicQuery=true",
                        null,
                        Map.of(),
                        "The query is missing: set the option query, or the header CamelDatabricksQuery or the body"
                                + " together with allowDynamicQuery=true."),
                arguments(
                        "a body that is no text",
                        "allowDynamicQuery=true",
                        List.of("SELECT 1", 2),
                        Map.of(),
                        "The body is not SQL text: set it to a String, or to a List of one String for each statement."),
                arguments(
                        "a query without statement",
                        "allowDynamicQuery=true",
                        " ; -- nothing",
                        Map.of(),
                        "The query holds no statement."),
                arguments(
                        "a batch whose body is its SQL",
                        "allowDynamicQuery=true&batch=true",
                        "SELECT 1",
                        Map.of(),
                        "A batch takes its parameters from the body: set the option query, or the header"
                                + " CamelDatabricksQuery."),
                arguments(
                        "tags that are none",
                        "query=SELECT 1",
                        null,
                        Map.of(DatabricksConstants.QUERY_TAGS, "a:b=c"),
                        "The header CamelDatabricksQueryTags is malformed: The key of a query tag may not contain any of"
                                + " , : - / = ."),
                arguments(
                        "several statements to submit",
                        "operation=SUBMIT&query=SELECT 1; SELECT 2",
                        null,
                        Map.of(),
                        "Only one statement at a time can be submitted: use BEGIN ... END to run several, or split the"
                                + " message."),
                arguments(
                        "a query that is no text",
                        "allowDynamicQuery=true",
                        null,
                        Map.of(DatabricksConstants.QUERY, 42),
                        "The header CamelDatabricksQuery is not SQL text: set it to a String, or to a List of one String for"
                                + " each statement."),
                arguments(
                        "an expression in the query of a header",
                        "allowDynamicQuery=true",
                        "body",
                        Map.of(DatabricksConstants.QUERY, "SELECT :#${body}"),
                        "The query of a header may not hold expressions: use :name markers and the header"
                                + " CamelDatabricksParameters."),
                arguments(
                        "a row limit that is no number",
                        "query=SELECT 1",
                        null,
                        Map.of(DatabricksConstants.ROW_LIMIT, -1),
                        "The header CamelDatabricksRowLimit is not a number of rows: set it to 0 (all rows) or more."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void shouldFailTheMessage(String what, String options, Object body, Map<String, Object> headers, String message) {
        warehouse.clearRequests();

        Exchange exchange = camel.send(uri(options), body, headers);

        assertThat(exchange.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThat(warehouse.requests()).isEmpty();
    }

    @Test
    void shouldNotTakeCamelsOwnHeadersForParameters() {
        Exchange exchange =
                camel.send(uri("query=SELECT :CamelFoo, :camelbar"), null, Map.of("CamelFoo", 1, "camelbar", 2));

        assertThat(exchange.getException()).hasMessageContaining("CamelFoo");
    }

    @Test
    void shouldIgnoreWhatAMapBodyHoldsBeyondTheParameters() {
        warehouse.script(io.cameldatabricks.testinfra.Script.statement("SELECT ?")
                .column("a", "INT")
                .row(1));
        Exchange exchange = camel.send(uri("query=SELECT :a"), Map.of("a", 1, "b", 2), Map.of());

        assertThat(exchange.getException()).isNull();
    }

    @Test
    void shouldPreferTheHeaderToTheBodyAndTheBodyToOtherHeaders() {
        warehouse.clearRequests();
        warehouse.script(io.cameldatabricks.testinfra.Script.statement("SELECT ?, ?, ?")
                .column("a", "INT")
                .row(1));
        Exchange exchange = camel.send(
                uri("query=SELECT :a, :b, :c"),
                Map.of("a", "body-a", "b", "body-b"),
                Map.of(PARAMETERS, Map.of("a", "header-a"), "a", "other-a", "b", "other-b", "c", "other-c"));

        assertThat(exchange.getException()).isNull();
        String sent =
                warehouse.requests().stream().map(r -> String.valueOf(r.body())).reduce("", String::concat);
        assertThat(sent).contains("header-a", "body-b", "other-c").doesNotContain("other-a", "body-a", "other-b");
    }

    @Test
    void shouldEvaluateExpressionsOfTheEndpointsQuery() {
        warehouse.clearRequests();
        warehouse.script(io.cameldatabricks.testinfra.Script.statement("SELECT ?")
                .column("a", "STRING")
                .row("x"));
        Exchange exchange =
                camel.send(uri("query=RAW(SELECT :#${header.who})"), Arrays.asList(1, 2), Map.of("who", "me"));

        assertThat(exchange.getException()).isNull();
        String sent =
                warehouse.requests().stream().map(r -> String.valueOf(r.body())).reduce("", String::concat);
        assertThat(sent).contains("\"value\":\"me\"");
    }

    private static String uri(String options) {
        return "databricks:test?" + warehouse.endpointOptions() + "&" + options;
    }
}
