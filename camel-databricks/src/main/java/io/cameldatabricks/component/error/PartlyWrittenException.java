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
package io.cameldatabricks.component.error;

import java.io.Serial;

/**
 * Some rows of a message were written, later ones were not: to send the message again would write the first ones twice. Send
 * the rows from {@link #getFirstRow()} on.
 */
public final class PartlyWrittenException extends PermanentDatabricksException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final long firstRow;
    private final long lastRow;
    private final long rowsWritten;

    /**
     * @param firstRow of the message that was not written, from 1
     * @param lastRow of those that failed together
     * @param rowsWritten by the statements before, as the server reported
     */
    public PartlyWrittenException(
            String message, long firstRow, long lastRow, long rowsWritten, ErrorDetails details, Throwable cause) {
        super(message, details, cause);
        this.firstRow = firstRow;
        this.lastRow = lastRow;
        this.rowsWritten = rowsWritten;
    }

    /** The number in the message, from 1, of the first row that was not written. */
    public long getFirstRow() {
        return firstRow;
    }

    /** The number in the message, from 1, of the last row of the statement that failed. */
    public long getLastRow() {
        return lastRow;
    }

    /** Rows that are in the table, as the server reported. */
    public long getRowsWritten() {
        return rowsWritten;
    }
}
