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
package io.cameldatabricks.testinfra.server.thrift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

import io.cameldatabricks.testinfra.server.engine.ResultColumn;

/** The columns of a metadata call and how a row of the statement behind it becomes one of them. */
record MetadataRows(List<ResultColumn> columns, UnaryOperator<List<String>> change) implements RowShape {

    /**
     * @param columns names, those of INT columns with {@code :INT} behind them
     * @param change makes the cells of a row, or null to leave it out
     */
    static MetadataRows of(String columns, UnaryOperator<List<String>> change) {
        List<ResultColumn> typed = new ArrayList<>();
        for (String column : columns.split(" ")) {
            int colon = column.indexOf(':');
            typed.add(
                    colon < 0
                            ? new ResultColumn(column, "STRING", "STRING", 0, 0, null)
                            : new ResultColumn(column.substring(0, colon), "INT", "INT", 0, 0, null));
        }
        return new MetadataRows(List.copyOf(typed), change);
    }

    /** Takes the rows as they are. */
    static MetadataRows of(String columns) {
        return of(columns, UnaryOperator.identity());
    }

    /** Cells of which some may be null. */
    static List<String> row(String... cells) {
        return Arrays.asList(cells);
    }

    @Override
    public List<String> shape(List<String> row) {
        return change.apply(row);
    }
}
