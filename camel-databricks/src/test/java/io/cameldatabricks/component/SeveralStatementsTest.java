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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseStatement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Scripts, batches and query tags, with what the server saw. */
class SeveralStatementsTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private RunningContext camel;
    private int before;

    @BeforeEach
    void start() {
        camel = new RunningContext();
        warehouse.clearScripts();
        warehouse.script(Script.matching("(?s)\\s*(INSERT|DELETE) .*").updateCount(2));
        warehouse.script(
                Script.matching("(?s)\\s*SELECT .*").column("id", "INT").row(7));
        warehouse.script(Script.matching("(?s)\\s*BROKEN.*")
                .fails("42601", "[PARSE_SYNTAX_ERROR] Syntax error. SQLSTATE: 42601"));
        before = warehouse.statements().size();
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void shouldRunTheStatementsOfAScriptInOrderInOneSession() {
        Exchange exchange = camel.send(
                uri("query=INSERT INTO a VALUES (:x); DELETE FROM b WHERE id = ';'; SELECT id FROM c"),
                Map.of("x", 1),
                Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(List.of(Map.of("id", 7)));
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(DatabricksConstants.UPDATE_COUNT, 4L)
                .containsEntry(DatabricksConstants.ROW_COUNT, 1);
        assertThat(sent())
                .extracting(each -> each.sql().strip())
                .containsExactly("INSERT INTO a VALUES (?)", "DELETE FROM b WHERE id = ';'", "SELECT id FROM c");
        assertThat(sent())
                .extracting(WarehouseStatement::sessionId)
                .doesNotContainNull()
                .containsOnly(sent().get(0).sessionId());
    }

    @Test
    void shouldSendACompoundStatementAsOne() {
        String script = "BEGIN INSERT INTO a VALUES (1); INSERT INTO a VALUES (2); END";
        warehouse.script(Script.statement(script));

        Exchange exchange = camel.send(uri("query=" + script));

        assertThat(exchange.getException()).isNull();
        assertThat(sent()).extracting(WarehouseStatement::sql).containsExactly(script);
    }

    @Test
    void shouldSayWhichStatementFailedAndRunNoneAfterIt() {
        Exchange exchange = camel.send(uri("query=INSERT INTO a VALUES (1); BROKEN; DELETE FROM b"));

        assertThat(exchange.getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageStartingWith(
                        "In statement 2 of 3, after 1 that have run: The statement failed: PARSE_SYNTAX_ERROR");
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.ERROR_MESSAGE, String.class))
                .startsWith("In statement 2 of 3");
        assertThat(sent()).hasSize(2);
    }

    @Test
    void shouldNotInviteToRepeatWhatHasRun() {
        warehouse.script(Script.statement("UPDATE t SET a = 1")
                .fails("40001", "[DELTA_CONCURRENT_APPEND] Somebody else wrote. SQLSTATE: 40001"));

        Exchange first = camel.send(uri("query=RAW(UPDATE t SET a = 1; DELETE FROM b)"));
        Exchange second = camel.send(uri("query=RAW(DELETE FROM b;UPDATE t SET a = 1)"));

        assertThat(first.getException())
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessageStartingWith("In statement 1 of 2, before any other has run: ");
        assertThat(second.getException())
                .isInstanceOfSatisfying(PermanentDatabricksException.class, e -> assertThat(e.getSqlState())
                        .isEqualTo("40001"))
                .hasMessageStartingWith("In statement 2 of 2, after 1 that have run: ")
                .hasCauseInstanceOf(TransientDatabricksException.class);
    }

    @Test
    void shouldTakeStatementsFromAListOfTheBodyOnlyWhereTheMessageMayChoose() {
        List<String> body = List.of("INSERT INTO a VALUES (1)", "SELECT id FROM a");

        Exchange allowed = camel.send(uri("allowDynamicQuery=true"), body, Map.of());
        Exchange refused = camel.send(uri("query=SELECT id FROM x"), body, Map.of());

        assertThat(allowed.getException()).isNull();
        assertThat(allowed.getMessage().getBody()).isEqualTo(List.of(Map.of("id", 7)));
        assertThat(refused.getException()).isNull();
        assertThat(sent())
                .extracting(WarehouseStatement::sql)
                .containsExactly("INSERT INTO a VALUES (1)", "SELECT id FROM a", "SELECT id FROM x");
    }

    @Test
    void shouldTakeSqlFromTheBodyButNoExpressions() {
        assertThat(camel.send(uri("allowDynamicQuery=true"), "SELECT id FROM a", Map.of())
                        .getException())
                .isNull();
        assertThat(camel.send(uri("allowDynamicQuery=true"), "SELECT id FROM a WHERE b = :#${header.x}", Map.of("x", 1))
                        .getException())
                .hasMessageContaining("may not hold expressions");
        assertThat(camel.send(uri("allowDynamicQuery=true"), 42.5, Map.of()).getException())
                .isNotNull();
    }

    @Test
    void shouldRunAStatementForEachSetOfABatch() {
        List<Object> sets = List.of(Map.of("id", 1, "unused", true), Map.of("id", 2), Map.of("id", 3));

        Exchange exchange =
                camel.send(uri("batch=true&query=INSERT INTO a VALUES (:id, :#${body[id]})"), sets, Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(sets);
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.UPDATE_COUNT))
                .isEqualTo(6L);
        assertThat(sent()).hasSize(3);
    }

    @Test
    void shouldTakeTheSetsOfABatchAsAnyKindOfList() {
        String uri = uri("batch=true&query=INSERT INTO a VALUES (?)");
        List<Object> nulls = new ArrayList<>(Arrays.asList(1, null));

        for (Object sets : List.of(
                List.of(List.of(1), List.of(2)),
                Stream.of(1, 2),
                List.of(1, 2).iterator(),
                new Integer[] {1, 2},
                nulls)) {
            Exchange exchange = camel.send(uri, sets, Map.of());
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader(DatabricksConstants.UPDATE_COUNT))
                    .isEqualTo(4L);
        }
        Exchange header = camel.send(uri, "the order", Map.of(DatabricksConstants.PARAMETERS, List.of(1, 2, 3)));
        assertThat(header.getMessage().getHeader(DatabricksConstants.UPDATE_COUNT))
                .isEqualTo(6L);
        assertThat(header.getMessage().getBody()).isEqualTo("the order");
        assertThat(header.getMessage().getHeader(DatabricksConstants.PARAMETERS))
                .isNull();
    }

    @Test
    void shouldBindAllSetsBeforeTheFirstRuns() {
        Exchange wrong = camel.send(
                uri("batch=true&query=INSERT INTO a VALUES (:id)"),
                List.of(Map.of("id", 1), Map.of("other", 2)),
                Map.of());
        Exchange none = camel.send(uri("batch=true&query=INSERT INTO a VALUES (:id)"), Map.of("id", 1), Map.of());

        assertThat(wrong.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("In set of parameters 2, before any has run: ");
        assertThat(none.getException()).hasMessageStartingWith("The batch has no parameters");
        assertThat(sent()).isEmpty();
    }

    @Test
    void shouldSayWhichSetFailed() {
        warehouse.script(
                Script.statement("INSERT INTO b VALUES (?)").fails("23505", "[SOMETHING] No. SQLSTATE: 23505"));
        warehouse.script(
                Script.statement("INSERT INTO b VALUES (?)").updateCount(1).times(2));

        Exchange exchange = camel.send(uri("batch=true&query=INSERT INTO b VALUES (?)"), List.of(1, 2, 3, 4), Map.of());

        assertThat(exchange.getException())
                .hasMessageStartingWith("In set of parameters 3 of 4, after 2 that have run: ");
        assertThat(sent()).hasSize(3);
    }

    @Test
    void shouldTagAStatementAndNotTheNextOneOfTheSession() {
        Map<String, Object> more = new HashMap<>(Map.of(DatabricksConstants.QUERY_TAGS, "cost='42\\',team=red"));

        Exchange tagged =
                camel.send(uri("maxPoolSize=1&queryTags=team=blue,dry&query=SELECT id FROM a"), null, Map.of());
        Exchange header = camel.send(uri("maxPoolSize=1&queryTags=team=blue,dry&query=SELECT id FROM b"), null, more);
        Exchange again = camel.send(uri("maxPoolSize=1&queryTags=team=blue,dry&query=SELECT id FROM b"), null, more);
        Exchange plain = camel.send(uri("maxPoolSize=1&query=SELECT id FROM c"), null, Map.of());

        assertThat(List.of(tagged, header, again, plain)).allMatch(exchange -> exchange.getException() == null);
        assertThat(header.getMessage().getHeader(DatabricksConstants.QUERY_TAGS))
                .isNull();
        List<WarehouseStatement> queries =
                sent().stream().filter(each -> each.sql().startsWith("SELECT")).toList();
        assertThat(queries)
                .extracting(WarehouseStatement::tags)
                .containsExactly(
                        Map.of("team", "blue", "dry", ""),
                        Map.of("team", "red", "dry", "", "cost", "'42\\'"),
                        Map.of("team", "red", "dry", "", "cost", "'42\\'"),
                        Map.of());
        assertThat(sent()).as("one request more where the tags differ").hasSize(4 + 3);
        assertThat(queries)
                .extracting(WarehouseStatement::sessionId)
                .containsOnly(queries.get(0).sessionId());
    }

    @Test
    void shouldTellRouteAndExchangeWhenAsked() {
        Exchange exchange = camel.send(uri("autoTags=true&query=SELECT id FROM a"));

        assertThat(exchange.getException()).isNull();
        assertThat(sent())
                .last()
                .extracting(WarehouseStatement::tags)
                .isEqualTo(Map.of("camel_exchange", exchange.getExchangeId()));
    }

    @Test
    void shouldRefuseTagsThatTheServiceWouldRefuse() {
        assertThatThrownBy(() -> camel.context().getEndpoint(uri("queryTags=a.b=c&query=SELECT 1")))
                .hasMessageContaining("The option queryTags is malformed: The key of a query tag may not");
        assertThatThrownBy(() -> camel.context()
                        .getEndpoint(uri("autoTags=true&sessionConfiguration.QUERY_TAGS=a:b&query=SELECT 1")))
                .hasMessageContaining("Both sessionConfiguration.QUERY_TAGS and autoTags are given");
        assertThat(camel.send(uri("query=SELECT 1"), null, Map.of(DatabricksConstants.QUERY_TAGS, 7))
                        .getException())
                .hasMessageContaining(DatabricksConstants.QUERY_TAGS);
        assertThat(sent()).isEmpty();
    }

    private List<WarehouseStatement> sent() {
        List<WarehouseStatement> all = warehouse.statements();
        return all.subList(before, all.size());
    }

    private static String uri(String options) {
        return "databricks:test?" + warehouse.endpointOptions() + "&" + options;
    }
}
