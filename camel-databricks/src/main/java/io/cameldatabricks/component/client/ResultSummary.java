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
package io.cameldatabricks.component.client;

import java.util.List;
import java.util.Objects;

import io.cameldatabricks.component.statement.StatementStatus;

/**
 * The result of a statement that succeeded: what it looks like, and its first part. All rows are read by the JDBC driver,
 * which knows the types; this is for what can be said without it. Immutable, prints no rows.
 *
 * @param status of the statement
 * @param columns in their order; empty for a statement without a result
 * @param rowCount rows of the whole result, or {@link #NOT_KNOWN}
 * @param chunkCount parts of the whole result, or {@link #NOT_KNOWN}
 * @param truncated whether the result was cut off at a limit
 * @param rows of the first part when they came within the answer: text or null for each column
 * @param links of the first part when it has to be fetched
 */
public record ResultSummary(
        StatementStatus status,
        List<ResultColumn> columns,
        long rowCount,
        long chunkCount,
        boolean truncated,
        List<List<String>> rows,
        List<ResultLink> links) {

    /** The count of a result that nobody has counted: over Thrift, rows are only counted by reading them. */
    public static final long NOT_KNOWN = -1;

    public ResultSummary {
        Objects.requireNonNull(status, "status");
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        links = List.copyOf(links);
    }

    @Override
    public String toString() {
        return "ResultSummary[" + status.id() + ", columns=" + columns.size() + ", rowCount=" + rowCount
                + ", chunkCount=" + chunkCount + ", truncated=" + truncated + "]";
    }
}
