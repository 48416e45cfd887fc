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
import java.util.Set;
import java.util.TreeSet;

import io.cameldatabricks.component.sql.RowChanges;

/**
 * The row by which the server reports what a statement wrote. Immutable.
 *
 * @param rows written
 * @param changes by kind, or null when the report has no kinds, as only that of MERGE has
 */
record WriteReport(long rows, RowChanges changes) {

    private static final String AFFECTED = "num_affected_rows";
    private static final String INSERTED = "num_inserted_rows";
    private static final String UPDATED = "num_updated_rows";
    private static final String DELETED = "num_deleted_rows";

    static WriteReport of(long rows) {
        return new WriteReport(rows, null);
    }

    /** Of two statements together. */
    WriteReport plus(WriteReport other) {
        return new WriteReport(rows + other.rows, RowChanges.sum(changes, other.changes));
    }

    /** @param report a result that {@linkplain DriverAnswer#isUpdateReport is a report}, of which nothing has been read */
    static WriteReport read(ResultSet report) throws SQLException {
        if (!names(report.getMetaData()).containsAll(Set.of(AFFECTED, INSERTED, UPDATED, DELETED))) {
            return of(DriverAnswer.updateCount(report));
        }
        long rows = 0;
        RowChanges changes = new RowChanges(0, 0, 0);
        while (report.next()) {
            rows += report.getLong(AFFECTED);
            changes = RowChanges.sum(
                    changes,
                    new RowChanges(report.getLong(INSERTED), report.getLong(UPDATED), report.getLong(DELETED)));
        }
        return new WriteReport(rows, changes);
    }

    private static Set<String> names(ResultSetMetaData columns) throws SQLException {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            names.add(columns.getColumnName(i));
        }
        return names;
    }
}
