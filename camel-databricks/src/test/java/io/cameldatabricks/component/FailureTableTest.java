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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;

/** Every row of the table of failures in the component's page, made to happen with the real driver and pool. */
class FailureTableTest {

    private static final Path PAGE = Path.of("src", "main", "docs", "databricks-component.adoc");

    private static final List<String> HEADERS = List.of(
            DatabricksConstants.STATEMENT_ID,
            DatabricksConstants.STATE,
            DatabricksConstants.SQL_STATE,
            DatabricksConstants.ERROR_CODE);

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.scripted();

    @RegisterExtension
    static LocalWarehouse spark = LocalWarehouse.create();

    private static RunningContext camel;
    private static FailureCases cases;

    /** A row of the table. */
    record Documented(String what, String exception, String repeat, String remedy, String says) {
        @Override
        public String toString() {
            return what;
        }
    }

    @BeforeAll
    static void start() {
        camel = new RunningContext();
        cases = new FailureCases(warehouse, spark, camel);
    }

    @AfterAll
    static void stop() {
        camel.close();
    }

    static Stream<Documented> rows() {
        return table().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void shouldHappenAsTheTableSays(Documented row) {
        Supplier<Exchange> failure = cases.all().get(row.what());
        assertThat(failure).as("a case in FailureCases").isNotNull();
        cases.prepare();

        Exchange exchange = failure.get();

        Throwable thrown = exchange.getException();
        assertThat(name(thrown)).as("exception, %s", thrown).isEqualTo(row.exception());
        assertThat(said(exchange)).as("headers and status, %s", thrown).isEqualTo(row.says());
        assertThat(thrown).hasMessageNotContaining("hunter2");
        assertThat(exchange.getMessage().getHeader(DatabricksConstants.ERROR_MESSAGE))
                .isEqualTo(thrown instanceof DatabricksException ? thrown.getMessage() : null);
    }

    @Test
    void shouldHaveARowForEachCase() {
        List<String> documented = table().stream().map(Documented::what).toList();

        assertThat(documented)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(cases.all().keySet());
    }

    @Test
    void shouldSayOfEachExceptionAlwaysTheSameAboutRepeating() {
        Map<String, Set<String>> repeats = new TreeMap<>();
        for (Documented row : table()) {
            repeats.computeIfAbsent(row.exception(), exception -> new TreeSet<>())
                    .add(row.repeat());
            assertThat(row.remedy()).as("what to do when: %s", row.what()).isNotBlank();
        }

        assertThat(repeats.values()).allMatch(words -> words.size() == 1);
        assertThat(repeats.get("PermanentDatabricksException")).containsExactly("never");
        assertThat(repeats.get("SubmitOutcomeUnknownException")).containsExactly("after a look");
    }

    /** The exception's own class, or that of Java's which a route would catch. */
    private static String name(Throwable thrown) {
        if (thrown == null) {
            return "none";
        }
        return thrown instanceof IllegalArgumentException
                ? IllegalArgumentException.class.getSimpleName()
                : thrown.getClass().getSimpleName();
    }

    private static String said(Exchange exchange) {
        List<String> parts = new ArrayList<>();
        for (String header : HEADERS) {
            Object value = exchange.getMessage().getHeader(header);
            if (value != null) {
                String name = "`" + header.substring("CamelDatabricks".length()) + "`";
                parts.add(header.equals(DatabricksConstants.STATEMENT_ID) ? name : name + " " + value);
            }
        }
        if (exchange.getException() instanceof DatabricksException known && known.getHttpStatus() != null) {
            assertThat(known.getHttpResponseCode()).isEqualTo(known.getHttpStatus());
            parts.add("HTTP " + known.getHttpStatus());
        }
        return parts.isEmpty() ? "-" : String.join(", ", parts);
    }

    private static List<Documented> table() {
        String page;
        try {
            page = Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String table = page.substring(page.indexOf("// failures: START"), page.indexOf("// failures: END"));
        List<Documented> rows = new ArrayList<>();
        for (String block : table.split("\n\n")) {
            String[] cells = block.strip().split("\n");
            if (cells.length >= 5 && cells[0].startsWith("| ") && !cells[0].contains(" | ")) {
                rows.add(new Documented(
                        cell(cells[0]),
                        cell(cells[1]).replace("`", ""),
                        cell(cells[2]),
                        cell(cells[3]),
                        cell(cells[4])));
            }
        }
        assertThat(rows).hasSizeGreaterThan(30);
        return rows;
    }

    private static String cell(String line) {
        assertThat(line).startsWith("| ");
        return line.substring(2).strip();
    }
}
