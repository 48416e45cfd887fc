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

import io.cameldatabricks.component.sql.SqlParameter;

/**
 * A row that is ready to become part of a statement. Immutable.
 *
 * @param number of the row in its message, from 1
 * @param source the row as it came
 * @param text what stands for it in a list of VALUES, with its brackets
 * @param parameters one for each marker in the text, in order
 * @param types of its columns; null where it is NULL, which fits to every type
 * @param key values that tell it from other rows, or null when nothing does
 * @param version of the row, or null when it has none
 * @param bytes that it adds to the request, at most
 */
record BoundRow(
        long number,
        Object source,
        String text,
        List<SqlParameter> parameters,
        List<String> types,
        Object key,
        RowVersion version,
        long bytes) {

    int markers() {
        return parameters.size();
    }

    /** Without values. */
    @Override
    public String toString() {
        return "BoundRow[" + number + "]";
    }
}
