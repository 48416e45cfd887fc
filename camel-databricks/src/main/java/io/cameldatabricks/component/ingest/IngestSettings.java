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

import java.util.Objects;

/**
 * How rows are written. Immutable.
 *
 * @param columns of the rows, or null to take those of the first row
 * @param merge what MERGE does, or null for INSERT
 * @param batchSize most rows of a statement
 * @param onBadRow what becomes of a row that cannot be written
 * @param maxBadRows as many may be left out of a message; one more makes it fail
 * @param conflictRetries how often a statement is sent again that changed nothing, since another writer was in its way
 */
public record IngestSettings(
        ColumnNames columns, MergeRules merge, int batchSize, OnBadRow onBadRow, int maxBadRows, int conflictRetries) {

    /** Markers that the service allows in a statement. */
    static final int MAX_MARKERS = 255;

    /** Of the 16 MiB that a request may have; the rest is for what surrounds the statement. */
    static final long MAX_BYTES = 16 * 1024 * 1024 - 64 * 1024;

    /** Leaves room for the names of table and columns. */
    static final long MAX_ROW_BYTES = MAX_BYTES - 512 * 1024;

    public IngestSettings {
        Objects.requireNonNull(onBadRow, "onBadRow");
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize must be 1 or more");
        }
        if (maxBadRows < 1) {
            throw new IllegalArgumentException("maxBadRows must be 1 or more");
        }
        if (conflictRetries < 0) {
            throw new IllegalArgumentException("conflictRetries must be 0 or more");
        }
        if (merge != null && columns != null) {
            requireIn(columns, "mergeKeys", merge.keys());
            if (merge.updated() != null) {
                requireIn(columns, "updateColumns", merge.updated());
            }
            if (merge.version() != null && columns.indexOf(merge.version()) < 0) {
                throw new IllegalArgumentException(
                        "versionColumn=" + merge.version() + " is not one of the columns " + columns.names());
            }
            if (merge.deleteMarker() != null && columns.indexOf(merge.deleteMarker()) < 0) {
                throw new IllegalArgumentException(
                        "deleteColumn=" + merge.deleteMarker() + " is not one of the columns " + columns.names());
            }
        }
    }

    private static void requireIn(ColumnNames columns, String option, ColumnNames names) {
        for (String name : names.names()) {
            if (columns.indexOf(name) < 0) {
                throw new IllegalArgumentException(
                        option + " names " + name + ", which is not one of the columns " + columns.names());
            }
        }
    }

    /** Whether the first bad row ends the message. */
    boolean failsAtOnce() {
        return onBadRow == OnBadRow.FAIL;
    }
}
