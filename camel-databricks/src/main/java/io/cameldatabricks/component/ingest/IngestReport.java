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
package io.cameldatabricks.component.ingest;

import java.util.List;

import io.cameldatabricks.component.sql.RowChanges;

/**
 * What has become of the rows of a message so far. Immutable as far as the rows are.
 *
 * @param rowsRead that the message had, as far as it was read
 * @param rowsWritten that the server reported
 * @param changes the same by kind, or null when it did not report that
 * @param statements that succeeded
 * @param statementId of the last of them, or null
 * @param badRows that were left out
 */
public record IngestReport(
        long rowsRead,
        long rowsWritten,
        RowChanges changes,
        long statements,
        String statementId,
        List<BadRow> badRows) {

    /** Of rows that were all written in one way. */
    public IngestReport(long rowsRead, long rowsWritten, long statements, String statementId, List<BadRow> badRows) {
        this(rowsRead, rowsWritten, null, statements, statementId, badRows);
    }

    /** Without the rows. */
    @Override
    public String toString() {
        return "IngestReport[" + rowsWritten + " of " + rowsRead + " rows in " + statements + " statements, "
                + badRows.size() + " left out]";
    }
}
