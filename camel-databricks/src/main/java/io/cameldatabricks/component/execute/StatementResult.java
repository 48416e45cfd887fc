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
package io.cameldatabricks.component.execute;

import java.util.List;

import io.cameldatabricks.component.result.Row;

/**
 * What a statement that succeeded gave. Immutable.
 *
 * @param statementId the id in the query history, or null when the driver does not tell
 * @param columnNames in order; empty for a statement without rows
 * @param rows null for a statement that changes data or objects and so has no rows
 * @param updateCount rows written, by all statements that ran for the message
 * @param truncated whether a limit cut the rows
 */
public record StatementResult(
        String statementId, List<String> columnNames, List<Row> rows, long updateCount, boolean truncated) {

    public StatementResult {
        columnNames = List.copyOf(columnNames);
    }

    static StatementResult ofRows(String statementId, List<String> columnNames, List<Row> rows, boolean truncated) {
        return new StatementResult(statementId, columnNames, rows, 0, truncated);
    }

    static StatementResult ofUpdate(String statementId, long updateCount) {
        return new StatementResult(statementId, List.of(), null, updateCount, false);
    }

    StatementResult withUpdateCount(long count) {
        return new StatementResult(statementId, columnNames, rows, count, truncated);
    }

    public boolean hasRows() {
        return rows != null;
    }

    /** Without the rows. */
    @Override
    public String toString() {
        return "StatementResult[" + statementId + ", "
                + (hasRows() ? rows.size() + " rows of " + columnNames : updateCount + " rows written") + "]";
    }
}
