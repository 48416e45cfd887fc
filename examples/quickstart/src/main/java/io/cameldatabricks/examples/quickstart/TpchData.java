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
package io.cameldatabricks.examples.quickstart;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;

/** Writes the TPC-H tables that the queries read, in the benchmark's own format: a line per row, columns ended by {@code |}. */
public final class TpchData {

    static final List<TpchTable<?>> TABLES = List.of(TpchTable.CUSTOMER, TpchTable.ORDERS, TpchTable.LINE_ITEM);

    private TpchData() {}

    /**
     * Writes one file per table.
     *
     * @param scaleFactor 1 is about 6 million line items, 0.01 about 60 thousand
     */
    public static void write(Path folder, double scaleFactor) throws IOException {
        for (TpchTable<?> table : TABLES) {
            try (BufferedWriter file = Files.newBufferedWriter(file(folder, table), StandardCharsets.UTF_8)) {
                for (TpchEntity row : table.createGenerator(scaleFactor, 1, 1)) {
                    file.write(row.toLine());
                    file.newLine();
                }
            }
        }
    }

    static Path file(Path folder, TpchTable<?> table) {
        return folder.resolve(name(table) + ".tbl");
    }

    /** The name that the specification gives the table; the generator writes {@code line_item}. */
    static String name(TpchTable<?> table) {
        return table.getTableName().replace("_", "");
    }
}
