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
 * What MERGE does with a row. Immutable.
 *
 * @param keys columns by which a row of the table is found
 * @param updated columns that are changed in a row that is found, or null for all that are no keys
 * @param deleteMarker a column of the rows, not of the table, that says whether the row shall be deleted; or null
 * @param version a column whose value grows with each change of a row, so that an older row changes nothing; or null
 * @param onDuplicateKey what becomes of a row whose key is there already
 */
public record MergeRules(
        ColumnNames keys, ColumnNames updated, String deleteMarker, String version, OnDuplicateKey onDuplicateKey) {

    public MergeRules {
        Objects.requireNonNull(keys, "keys");
        Objects.requireNonNull(onDuplicateKey, "onDuplicateKey");
        if (deleteMarker != null && keys.indexOf(deleteMarker) >= 0) {
            throw new IllegalArgumentException("deleteColumn=" + deleteMarker + " is one of the mergeKeys");
        }
        if (version != null && (keys.indexOf(version) >= 0 || isMarker(version, deleteMarker))) {
            throw new IllegalArgumentException(
                    "versionColumn=" + version + " is one of the mergeKeys, or the deleteColumn");
        }
        if (updated != null) {
            updated.names().forEach(name -> {
                if (keys.indexOf(name) >= 0) {
                    throw new IllegalArgumentException(
                            "updateColumns names " + name + ", which is one of the mergeKeys");
                }
                if (name.equalsIgnoreCase(deleteMarker)) {
                    throw new IllegalArgumentException("updateColumns names " + name + ", which is the deleteColumn");
                }
            });
        }
    }

    boolean isMarker(String column) {
        return isMarker(column, deleteMarker);
    }

    private static boolean isMarker(String column, String deleteMarker) {
        return column.equalsIgnoreCase(deleteMarker);
    }

    boolean isVersion(String column) {
        return column.equalsIgnoreCase(version);
    }

    /** Whether a row that is there already gets the value of the column. */
    boolean updates(String column) {
        return updated == null ? keys.indexOf(column) < 0 : isVersion(column) || updated.indexOf(column) >= 0;
    }
}
