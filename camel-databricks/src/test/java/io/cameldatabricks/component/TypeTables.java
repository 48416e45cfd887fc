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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables of docs/types.adoc, for the tests that make every row happen. */
public final class TypeTables {

    private static final Path PAGE = Path.of("..", "docs", "types.adoc");

    private TypeTables() {}

    /** Java type to SQL type, as a parameter. */
    public static Map<String, String> parameters() {
        return table("== Parameters: Java type to SQL type");
    }

    /** SQL type, without what is in its brackets, to Java type, as a result. */
    public static Map<String, String> results() {
        return table("== Results: SQL type to Java type");
    }

    /** The SQL types that a {@code TypedValue} can have. */
    public static List<String> typed() {
        String page = page();
        int start = page.indexOf("chooses the SQL type: ") + "chooses the SQL type: ".length();
        String list = page.substring(start, page.indexOf(".\n", start));
        return List.of(bare(list).replaceAll("\\s+", " ").split(" ?, ?"));
    }

    /** Where a cell names several types, the cell beside it names as many, or one for all. */
    private static Map<String, String> table(String title) {
        String page = page();
        String table = page.substring(page.indexOf("|===", page.indexOf(title)));
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : table.substring(4, table.indexOf("\n|===", 4)).split("\n")) {
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("|") && !line.contains("|Remarks")) {
                assertThat(cells).as(line).hasSizeGreaterThanOrEqualTo(4);
                List<String> from = names(cells[1]);
                List<String> to = names(cells[2]);
                assertThat(to.size()).as(line).isIn(1, from.size());
                for (int i = 0; i < from.size(); i++) {
                    assertThat(rows.put(from.get(i), to.get(to.size() == 1 ? 0 : i)))
                            .as("second row for %s", from.get(i))
                            .isNull();
                }
            }
        }
        assertThat(rows).hasSizeGreaterThan(15);
        return rows;
    }

    private static List<String> names(String cell) {
        List<String> names = new ArrayList<>();
        for (String name : bare(cell).split(", ")) {
            names.add(name.replace("`", "").strip());
        }
        return names;
    }

    /** Without what is in brackets. */
    private static String bare(String text) {
        String bare = text.replaceAll("<[^>]*>|\\([^()]*\\)", "");
        return bare.equals(text) ? text.strip() : bare(bare);
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
