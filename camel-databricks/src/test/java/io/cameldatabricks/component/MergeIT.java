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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** MERGE on Spark SQL and Delta Lake. */
class MergeIT {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.create();

    private static RunningContext camel;

    @BeforeAll
    static void start() {
        camel = new RunningContext();
        execute("CREATE SCHEMA IF NOT EXISTS main.merge_it");
    }

    @AfterAll
    static void stop() {
        execute("DROP SCHEMA IF EXISTS main.merge_it CASCADE");
        camel.close();
    }

    @BeforeEach
    void fill() {
        execute("CREATE OR REPLACE TABLE main.merge_it.t (id INT, name STRING, n BIGINT)");
        execute("INSERT INTO main.merge_it.t VALUES (1, 'a', 10), (2, 'b', 20), (3, 'c', 30)");
    }

    @Test
    void shouldChangeRowsThatAreThereAndInsertTheOthers() {
        Exchange exchange = merge("mergeKeys=id", List.of(row(2, "B", 21L), row(4, "it's`", null)));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(2L);
        assertThat(changes(exchange)).containsExactly(1L, 1L, 0L);
        assertThat(table()).containsExactly("1 a 10", "2 B 21", "3 c 30", "4 it's` null");
    }

    @Test
    void shouldTellWhatAMergeOfTheUserHasChanged() {
        Exchange exchange = execute("MERGE INTO main.merge_it.t USING (SELECT 2 AS id) AS s ON t.id = s.id"
                + " WHEN MATCHED THEN DELETE WHEN NOT MATCHED BY SOURCE THEN UPDATE SET n = 0");

        assertThat(exchange.getMessage().getHeader("CamelDatabricksUpdateCount"))
                .isEqualTo(3L);
        assertThat(changes(exchange)).containsExactly(0L, 2L, 1L);
        assertThat(exchange.getMessage().getBody()).isNull();
        assertThat(changes(execute("DELETE FROM main.merge_it.t"))).containsOnlyNulls();
    }

    @Test
    void shouldChangeTheNamedColumnsOnly() {
        merge("mergeKeys=id&updateColumns=n", List.of(row(2, "B", 21L), row(4, "d", 40L)));

        assertThat(table()).containsExactly("1 a 10", "2 b 21", "3 c 30", "4 d 40");
    }

    @Test
    void shouldInsertOnlyWhatIsNotThereWhenAllColumnsAreKeys() {
        Exchange exchange = merge("mergeKeys=id,name,n", List.of(row(2, "b", 20L), row(2, "b", 21L)));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(1L);
        assertThat(table()).containsExactly("1 a 10", "2 b 20", "2 b 21", "3 c 30");
    }

    @Test
    void shouldDeleteMarkedRows() {
        Map<String, Object> changed = row(2, "B", 21L);
        changed.put("gone", false);
        Map<String, Object> unmarked = row(5, "e", 50L);

        Exchange exchange = merge(
                "mergeKeys=id&columns=id,name,n,gone&deleteColumn=gone",
                List.of(changed, Map.of("id", 3, "gone", true), Map.of("id", 9, "gone", true), unmarked));

        assertThat(exchange.getException()).isNull();
        assertThat(changes(exchange)).containsExactly(1L, 1L, 1L);
        assertThat(table()).containsExactly("1 a 10", "2 B 21", "5 e 50");
    }

    @Test
    void shouldNotLetAnOldRowChangeAYoungerOne() {
        // n is the version
        String options = "mergeKeys=id&versionColumn=n&columns=id,name,n,gone&deleteColumn=gone&updateColumns=name";
        Exchange exchange = merge(
                options,
                List.of(
                        Arrays.asList(1, "late", 9L, false),
                        Arrays.asList(2, "again", 20L, null),
                        Arrays.asList(3, "younger", 31L, false),
                        Arrays.asList(4, "new", 1L, false)));

        assertThat(exchange.getException()).isNull();
        assertThat(changes(exchange)).containsExactly(1L, 1L, 0L);
        assertThat(table()).containsExactly("1 a 10", "2 b 20", "3 younger 31", "4 new 1");

        merge(options, List.of(Arrays.asList(1, null, 9L, true), Arrays.asList(2, null, 21L, true)));
        assertThat(table()).containsExactly("1 a 10", "3 younger 31", "4 new 1");

        execute("UPDATE main.merge_it.t SET n = NULL WHERE id = 4");
        merge(options, List.of(Arrays.asList(4, "any", -5L, false)));
        assertThat(table()).containsExactly("1 a 10", "3 younger 31", "4 any -5");
        assertThat(merge("mergeKeys=id&versionColumn=n", row(1, "x", null)).getException())
                .hasMessageStartingWith("Row 1 cannot be written: its n (versionColumn) is null");
    }

    @Test
    void shouldKeepTheYoungestOfRowsThatComeInAnyOrder() {
        String options =
                "mergeKeys=id&versionColumn=n&onDuplicateKey=LAST_WINS&columns=id,name,n,gone&deleteColumn=gone";

        Exchange exchange = merge(
                options,
                List.of(
                        Arrays.asList(1, "youngest", 12L, false),
                        Arrays.asList(1, "late", 11L, false),
                        Arrays.asList(2, null, 22L, true),
                        Arrays.asList(2, "late", 21L, false),
                        // texts: 9 is less than 10 to the column, and more to whoever compares letters
                        Arrays.asList(4, "nine", "9", false),
                        Arrays.asList(4, "ten", "10", false),
                        Arrays.asList(4, "late", "8", false)));

        assertThat(exchange.getException()).isNull();
        assertThat(table()).containsExactly("1 youngest 12", "3 c 30", "4 ten 10");
    }

    @Test
    void shouldBeRepeatable() {
        List<Map<String, Object>> rows = List.of(row(2, "B", 21L), row(4, "d", 40L));

        Exchange inTwoStatements = merge("mergeKeys=id&batchSize=1", rows);
        Exchange again = merge("mergeKeys=id", rows.iterator());

        assertThat(again.getException()).isNull();
        assertThat(again.getMessage().getBody()).isEqualTo(2L);
        assertThat(changes(inTwoStatements)).containsExactly(1L, 1L, 0L);
        assertThat(changes(again)).containsExactly(0L, 2L, 0L);
        assertThat(table()).containsExactly("1 a 10", "2 B 21", "3 c 30", "4 d 40");
    }

    @Test
    void shouldNotInsertARowTwice() {
        List<Map<String, Object>> rows = List.of(row(900, "first", 1L), row(900, "last", 2L));

        assertThat(merge("mergeKeys=id", rows).getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Row 2 cannot be written: it has the same mergeKeys as row 1");
        Exchange lastWins = merge("mergeKeys=id&onDuplicateKey=LAST_WINS", rows);

        assertThat(lastWins.getException()).isNull();
        assertThat(table()).hasSize(4).contains("900 last 2");
    }

    @Test
    void shouldRefuseKeysThatAreNull() {
        Map<String, Object> row = row(1, "x", 1L);
        row.put("id", null);

        assertThat(merge("mergeKeys=id", row).getException())
                .hasMessageStartingWith("Row 1 cannot be written: its key id is null");
    }

    @Test
    void shouldLetWritersOfOneTableWaitForEachOther() {
        List<CompletableFuture<Exchange>> all = IntStream.range(0, 3)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> merge("mergeKeys=id&serialWrites=true&conflictRetries=0", row(1, "w" + i, (long) i))))
                .toList();

        assertThat(all)
                .allSatisfy(each -> assertThat(each.join().getException()).isNull());
        assertThat(table()).hasSize(3);
        assertThat(camel.component().services().turns().size()).isZero();
    }

    @Test
    void shouldSayWhichOptionIsWrong() {
        assertWrong("columns=a", "The option mergeKeys is missing");
        assertWrong("mergeKeys=a&columns=b", "mergeKeys names a, which is not one of the columns [b]");
        assertWrong("mergeKeys=a&updateColumns=A", "updateColumns names A, which is one of the mergeKeys");
        assertWrong("mergeKeys=a&deleteColumn=a", "deleteColumn=a is one of the mergeKeys");
        assertWrong("mergeKeys=a&versionColumn=A", "versionColumn=A is one of the mergeKeys");
        assertWrong("mergeKeys=a&versionColumn=b&columns=a,c", "versionColumn=b is not one of the columns [a, c]");
        assertThat(merge("mergeKeys=id", List.of(Map.of("name", "x"))).getException())
                .hasMessage(
                        "Row 1 cannot be written: it lacks [id], which mergeKeys, updateColumns or versionColumn name");
    }

    private static void assertWrong(String options, String message) {
        assertThatThrownBy(() -> camel.context()
                        .getEndpoint(uri("operation=MERGE&table=t&" + options))
                        .start())
                .hasStackTraceContaining(message);
    }

    /** Inserted, updated, deleted. */
    private static List<Object> changes(Exchange exchange) {
        return Stream.of("Inserted", "Updated", "Deleted")
                .map(kind -> exchange.getMessage().getHeader("CamelDatabricks" + kind + "Rows"))
                .toList();
    }

    private static Map<String, Object> row(int id, String name, Long n) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("name", name);
        row.put("n", n);
        return row;
    }

    @SuppressWarnings("unchecked")
    private static List<String> table() {
        List<Map<String, Object>> rows = execute("SELECT * FROM main.merge_it.t ORDER BY id, n")
                .getMessage()
                .getBody(List.class);
        return rows.stream()
                .map(row ->
                        String.join(" ", Arrays.asList("" + row.get("id"), "" + row.get("name"), "" + row.get("n"))))
                .toList();
    }

    private static Exchange merge(String options, Object body) {
        return camel.send(uri("operation=MERGE&table=main.merge_it.t&" + options), body, Map.of());
    }

    private static Exchange execute(String sql) {
        Exchange exchange = camel.send(uri("query=RAW(" + sql + ")"));
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return exchange;
    }

    private static String uri(String options) {
        return "databricks:test?" + warehouse.endpointOptions() + "&" + options;
    }
}
