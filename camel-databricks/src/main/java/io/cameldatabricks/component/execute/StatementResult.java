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
import java.util.Objects;

import io.cameldatabricks.component.result.Row;
import io.cameldatabricks.component.result.RowSchema;
import io.cameldatabricks.component.sql.RowChanges;

/**
 * What a statement that succeeded gave: rows in memory, rows that are still to be read, or a number of rows written.
 *
 * <p>With {@linkplain #stream() rows to be read} it holds a connection of the pool until these are closed, which whoever
 * receives the result has to see to on every path. Otherwise it is immutable and holds nothing.
 */
public final class StatementResult implements AutoCloseable {

    private final String statementId;
    private final RowSchema schema;
    private final List<Row> rows;
    private final RowStream stream;
    private final WriteReport report;
    private final boolean truncated;

    private StatementResult(
            String statementId,
            RowSchema schema,
            List<Row> rows,
            RowStream stream,
            WriteReport report,
            boolean truncated) {
        this.statementId = statementId;
        this.schema = schema;
        this.rows = rows;
        this.stream = stream;
        this.report = report;
        this.truncated = truncated;
    }

    /** @param rows null when nobody wants them */
    static StatementResult ofRows(String statementId, RowSchema schema, List<Row> rows, boolean truncated) {
        return new StatementResult(
                statementId, Objects.requireNonNull(schema), rows, null, WriteReport.of(0), truncated);
    }

    static StatementResult ofStream(String statementId, RowStream stream, boolean truncated) {
        return new StatementResult(statementId, stream.schema(), null, stream, WriteReport.of(0), truncated);
    }

    static StatementResult ofUpdate(String statementId, WriteReport report) {
        return new StatementResult(statementId, null, null, null, report, false);
    }

    StatementResult with(WriteReport total) {
        return new StatementResult(statementId, schema, rows, stream, total, truncated);
    }

    /** The same with one of its rows only. */
    public StatementResult ofRow(Row row) {
        return new StatementResult(statementId, schema, List.of(row), null, report, truncated);
    }

    /** The id in the query history, or null when the driver does not tell. */
    public String statementId() {
        return statementId;
    }

    /** False for a statement that changes data or objects. */
    public boolean hasRows() {
        return schema != null;
    }

    /** In order; empty for a statement without rows. */
    public List<String> columnNames() {
        return schema == null ? List.of() : schema.names();
    }

    /** All rows, or null when there are none in memory: a statement without rows, a stream, or rows that nobody wants. */
    public List<Row> rows() {
        return rows;
    }

    /** The rows that are still to be read, or null. */
    public RowStream stream() {
        return stream;
    }

    /** Rows written, by all statements without rows that ran for the message. */
    public long updateCount() {
        return report.rows();
    }

    /** Rows written by kind, by all statements that ran for the message; null when none of them told. */
    public RowChanges changes() {
        return report.changes();
    }

    WriteReport report() {
        return report;
    }

    /** Whether a limit is known to have cut the rows; a stream can be cut later. */
    public boolean truncated() {
        return truncated;
    }

    /** Closes the stream, if there is one. Does not fail. */
    @Override
    public void close() {
        if (stream != null) {
            stream.close();
        }
    }

    /** Without the rows. */
    @Override
    public String toString() {
        String what;
        if (!hasRows()) {
            what = report.rows() + " rows written";
        } else if (rows != null) {
            what = rows.size() + " rows of " + columnNames();
        } else {
            what = (stream == null ? "rows of " : "stream of ") + columnNames();
        }
        return "StatementResult[" + statementId + ", " + what + "]";
    }
}
