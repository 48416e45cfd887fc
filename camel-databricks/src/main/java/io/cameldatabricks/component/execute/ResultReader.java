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

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.ResultTruncatedException;
import io.cameldatabricks.component.result.ResultSetRows;
import io.cameldatabricks.component.result.Row;
import io.cameldatabricks.component.result.Rows;

/**
 * Makes a {@link StatementResult} of a result set with rows: reads them all, or leaves them to be read, and sees to the
 * limits. Stateless.
 */
final class ResultReader {

    /**
     * A result set before its first row.
     *
     * @param statementId null when the driver does not tell
     * @param sql that was sent, or null; only used to keep it out of messages
     * @param detach called once, directly before the result set is closed
     * @param lease keeps the connection for a stream
     */
    record Opened(ResultSet resultSet, String statementId, String sql, Runnable detach, Lease lease) {

        Opened {
            Objects.requireNonNull(resultSet);
            Objects.requireNonNull(detach);
            Objects.requireNonNull(lease);
        }
    }

    /** What a stream of rows depends on: the statement and its connection. */
    interface Lease {

        /** From now on {@link #end} is called when nothing is needed any more, and nobody else may free it. */
        void keep();

        /** Reading failed; called before {@link #end}. */
        void failed(DatabricksException failure);

        /** Frees all. Called once, by any thread; must not fail. */
        void end();
    }

    private ResultReader() {}

    /**
     * @param rowLimit the user's own limit, which cuts without harm; 0 for none
     * @throws DatabricksException when the rows cannot be read or are not all there; then the result set is closed
     */
    static StatementResult read(Opened opened, ResultSettings settings, int rowLimit) {
        try {
            Rows rows = new ReportedRows(
                    new ResultSetRows(opened.resultSet(), opened.detach(), () -> {}, ZoneOffset.UTC), opened);
            boolean done = false;
            try {
                StatementResult result = read(rows, opened, settings, rowLimit);
                done = true;
                return result;
            } finally {
                if (!done) {
                    rows.close();
                }
            }
        } catch (SQLException | RuntimeException e) {
            throw ReportedRows.failure(e, opened.statementId(), opened.sql());
        }
    }

    private static StatementResult read(Rows rows, Opened opened, ResultSettings settings, int rowLimit)
            throws SQLException {
        ResultSetMetaData metaData = opened.resultSet().getMetaData();
        boolean cut = DriverAnswer.isTruncated(metaData);
        if (settings.noop()) {
            rows.close();
            return StatementResult.ofRows(opened.statementId(), rows.schema(), null, cut);
        }
        long total = DriverAnswer.totalRows(metaData);
        if (cut && settings.failOnTruncated() && !isOwnLimit(total, rowLimit)) {
            throw new ResultTruncatedException(
                    "The server cut the result" + (total < 0 ? "" : " after " + total + " rows")
                            + ", for it is larger than the server gives; ask for less, or set failOnTruncated=false to"
                            + " take what is left",
                    details(opened),
                    null);
        }
        Rows limited = settings.byteLimit() == 0
                ? rows
                : new LimitedRows(rows, settings.byteLimit(), settings.failOnTruncated(), details(opened));
        if (settings.outputType().isStream()) {
            RowStream stream = new RowStream(opened.statementId(), limited, opened.lease()::end);
            opened.lease().keep();
            return StatementResult.ofStream(opened.statementId(), stream, cut);
        }
        List<Row> list = all(limited, opened, settings.outputType());
        limited.close();
        boolean cutHere = limited instanceof LimitedRows byBytes && byBytes.isCut();
        return StatementResult.ofRows(opened.statementId(), rows.schema(), list, cut || cutHere);
    }

    private static boolean isOwnLimit(long totalRows, int rowLimit) {
        return rowLimit > 0 && totalRows >= rowLimit;
    }

    private static List<Row> all(Rows rows, Opened opened, OutputType outputType) {
        List<Row> list = new ArrayList<>();
        while (rows.hasNext()) {
            list.add(rows.next());
            if (outputType == OutputType.SELECT_ONE && list.size() > 1) {
                throw new PermanentDatabricksException(
                        "The statement gave more than one row; use outputType=SELECT_LIST or add LIMIT 1 to it",
                        details(opened),
                        null);
            }
        }
        return list;
    }

    private static ErrorDetails details(Opened opened) {
        return new ErrorDetails(opened.statementId(), "SUCCEEDED", null, null, null);
    }
}
