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

import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;

/** EXECUTE through the real driver and pool, against the scripted engine. */
class DatabricksProducerTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private RunningContext camel;

    @BeforeEach
    void start() {
        camel = new RunningContext();
        warehouse.clearScripts();
        warehouse.clearRequests();
        warehouse.script(Script.statement("SELECT id, name FROM t")
                .column("id", "INT")
                .column("name", "STRING")
                .row(1, "one")
                .row(2, null));
        warehouse.script(Script.statement("SELECT id FROM t WHERE false").column("id", "INT"));
        warehouse.script(Script.matching("INSERT INTO .*").updateCount(2));
        warehouse.script(Script.matching("CREATE TABLE .*"));
        warehouse.script(Script.matching("OPTIMIZE .*").column("path", "STRING").row("somewhere"));
        warehouse.script(Script.statement("SELECT num_affected_rows FROM log")
                .column("num_affected_rows", "BIGINT")
                .row(7));
        warehouse.script(
                Script.matching("SELECT .*missing.*")
                        .fails(
                                "42P01",
                                "[TABLE_OR_VIEW_NOT_FOUND] The table or view `main`.`missing` cannot be found. SQLSTATE: 42P01"));
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void shouldGiveAllRowsAsAList() {
        Exchange exchange = camel.send(uri("query=SELECT id, name FROM t"));

        assertThat(exchange.getException()).isNull();
        List<?> rows = exchange.getMessage().getBody(List.class);
        assertThat(rows).hasSize(2);
        assertThat((Map<?, ?>) rows.get(0)).isEqualTo(Map.of("id", 1, "name", "one"));
        assertThat(((Map<?, ?>) rows.get(1)).get("name")).isNull();
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(DatabricksConstants.STATE, "SUCCEEDED")
                .containsEntry(DatabricksConstants.ROW_COUNT, 2)
                .containsEntry(DatabricksConstants.COLUMN_NAMES, List.of("id", "name"))
                .containsEntry(DatabricksConstants.TRUNCATED, false)
                .doesNotContainKey(DatabricksConstants.UPDATE_COUNT);
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.STATEMENT_ID, String.class))
                .isNotBlank();
    }

    @Test
    void shouldGiveAnEmptyListForNoRows() {
        Exchange exchange = camel.send(uri("query=SELECT id FROM t WHERE false"));

        assertThat(exchange.getMessage().getBody()).isEqualTo(List.of());
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.ROW_COUNT))
                .isEqualTo(0);
    }

    @Test
    void shouldGiveTheOnlyRow() {
        warehouse.script(Script.statement("SELECT max(id) AS m FROM t")
                .column("m", "INT")
                .row(2));

        Exchange exchange = camel.send(uri("outputType=SELECT_ONE&query=SELECT max(id) AS m FROM t"));

        assertThat(exchange.getMessage().getBody()).isEqualTo(Map.of("m", 2));
    }

    @Test
    void shouldGiveNullForNoOnlyRow() {
        Exchange exchange =
                camel.send(uri("outputType=SELECT_ONE&query=SELECT id FROM t WHERE false"), "before", Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isNull();
    }

    @Test
    void shouldRefuseASecondRowWhereOneIsAskedFor() {
        Exchange exchange = camel.send(uri("outputType=SELECT_ONE&query=SELECT id, name FROM t"));

        assertThat(exchange.getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessage("The statement gave more than one row; use outputType=SELECT_LIST or add LIMIT 1 to it");
    }

    @Test
    void shouldKeepTheBodyAndReportTheUpdateCount() {
        Exchange exchange = camel.send(uri("query=INSERT INTO t VALUES (1), (2)"), "the order", Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("the order");
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(DatabricksConstants.UPDATE_COUNT, 2L)
                .containsEntry(DatabricksConstants.STATE, "SUCCEEDED")
                .doesNotContainKey(DatabricksConstants.ROW_COUNT);
    }

    @Test
    void shouldReportNoRowsWrittenForDdl() {
        Exchange exchange = camel.send(uri("query=CREATE TABLE t2 (id INT)"), "kept", Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("kept");
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.UPDATE_COUNT))
                .isEqualTo(0L);
    }

    @Test
    void shouldGiveTheRowsOfACommandThatIsNoQuery() {
        Exchange exchange = camel.send(uri("query=OPTIMIZE t"));

        assertThat(exchange.getMessage().getBody()).isEqualTo(List.of(Map.of("path", "somewhere")));
    }

    @Test
    void shouldNotMistakeAQueryForAReportOfRowsWritten() {
        Exchange exchange = camel.send(uri("query=SELECT num_affected_rows FROM log"));

        assertThat(exchange.getMessage().getBody()).isEqualTo(List.of(Map.of("num_affected_rows", 7L)));
    }

    @Test
    void shouldReadTheQueryFromTheClassPath() {
        warehouse.script(Script.matching("SELECT id, name FROM t WHERE id = \\?\\s*")
                .column("id", "INT")
                .column("name", "STRING")
                .row(1, "one"));

        Exchange exchange = camel.send(
                uri("query=classpath:sql/by-id.sql"), null, Map.of(DatabricksConstants.PARAMETERS, Map.of("id", 1)));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.ROW_COUNT))
                .isEqualTo(1);
    }

    @Test
    void shouldSayWhatTheServerSaidWhenAStatementFails() {
        Exchange exchange = camel.send(uri("query=SELECT 'secret literal' FROM missing"), "kept", Map.of());

        assertThat(exchange.getException())
                .isInstanceOfSatisfying(PermanentDatabricksException.class, e -> {
                    assertThat(e.getSqlState()).isEqualTo("42P01");
                    assertThat(e.getErrorCode()).isEqualTo("TABLE_OR_VIEW_NOT_FOUND");
                    assertThat(e.getStatementId()).isNotBlank();
                    assertThat(e.getState()).isEqualTo("FAILED");
                })
                .hasMessage("The statement failed: TABLE_OR_VIEW_NOT_FOUND `main`.`missing` (SQLSTATE 42P01)");
        assertThat(exchange.getException()).hasStackTraceContaining("DatabricksSQLException");
        assertThat(stackTrace(exchange.getException())).doesNotContain("secret literal");
        assertThat(exchange.getMessage().getBody()).isEqualTo("kept");
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(DatabricksConstants.STATE, "FAILED")
                .containsEntry(DatabricksConstants.SQL_STATE, "42P01")
                .containsEntry(DatabricksConstants.ERROR_CODE, "TABLE_OR_VIEW_NOT_FOUND")
                .containsKeys(DatabricksConstants.STATEMENT_ID, DatabricksConstants.ERROR_MESSAGE);
    }

    @Test
    void shouldUseUpTheHeadersOfOneStatement() {
        warehouse.script(Script.matching("SELECT \\?").column("x", "INT").row(1));
        Map<String, Object> headers = Map.of(
                DatabricksConstants.QUERY,
                "SELECT :x",
                DatabricksConstants.PARAMETERS,
                Map.of("x", 1),
                DatabricksConstants.ROW_LIMIT,
                5,
                "other",
                "stays");

        Exchange exchange = camel.send(uri("allowDynamicQuery=true"), null, headers);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry("other", "stays")
                .doesNotContainKeys(
                        DatabricksConstants.QUERY, DatabricksConstants.PARAMETERS, DatabricksConstants.ROW_LIMIT);
        assertThat(posted()).contains("\"row_limit\":5");
    }

    @Test
    void shouldKeepTheHeadersOfAStatementThatFailedForTheNextTry() {
        Map<String, Object> headers = Map.of(DatabricksConstants.QUERY, "SELECT 1 FROM missing");

        Exchange exchange = camel.send(uri("allowDynamicQuery=true"), null, headers);

        assertThat(exchange.getException()).isInstanceOf(PermanentDatabricksException.class);
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.QUERY)).isEqualTo("SELECT 1 FROM missing");
    }

    @Test
    void shouldForgetTheOutcomeOfTheStatementBefore() {
        Exchange exchange = camel.send(
                uri("query=INSERT INTO t VALUES (1), (2)"),
                null,
                Map.of(DatabricksConstants.ROW_COUNT, 9, DatabricksConstants.ERROR_CODE, "OLD"));

        assertThat(exchange.getMessage().getHeaders())
                .doesNotContainKeys(DatabricksConstants.ROW_COUNT, DatabricksConstants.ERROR_CODE);
    }

    @Test
    void shouldShareOnePoolBetweenEndpointsWithEqualSettings() {
        camel.send(uri("query=SELECT id, name FROM t"));
        camel.send(uri("query=OPTIMIZE t"));
        assertThat(camel.component().services().warehouses().size()).isEqualTo(1);

        camel.send(uri("maxPoolSize=3&query=OPTIMIZE t"));
        assertThat(camel.component().services().warehouses().size()).isEqualTo(2);

        camel.context().stop();
        assertThat(camel.component().services().warehouses().size()).isZero();
    }

    @Test
    void shouldLocateTheServiceWithoutSecrets() {
        DatabricksEndpoint endpoint =
                camel.context().getEndpoint(uri("catalog=main&query=OPTIMIZE t"), DatabricksEndpoint.class);

        assertThat(endpoint.getServiceProtocol()).isEqualTo("databricks");
        assertThat(endpoint.getServiceUrl()).isEqualTo(warehouse.httpUrl());
        assertThat(endpoint.getServiceMetadata())
                .containsEntry("name", "test")
                .containsEntry("catalog", "main")
                .containsEntry("httpPath", warehouse.httpPath());
        assertThat(endpoint.getServiceMetadata().values()).noneMatch(value -> value.contains(warehouse.token()));
        assertThat(endpoint.toString()).doesNotContain(warehouse.token());
    }

    private static String posted() {
        return warehouse.requests().stream()
                .filter(request ->
                        request.method().equals("POST") && request.uri().contains("/statements"))
                .map(request -> request.body())
                .reduce("", String::concat);
    }

    private static String stackTrace(Throwable failure) {
        java.io.StringWriter text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    private static String uri(String options) {
        return "databricks:test?" + warehouse.endpointOptions() + "&" + options;
    }
}
