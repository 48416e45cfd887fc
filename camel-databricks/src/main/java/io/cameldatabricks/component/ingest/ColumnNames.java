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

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Columns by name, in the order in which they are written. Immutable.
 *
 * @param names without quotes, different from each other whatever their letter case
 */
public record ColumnNames(List<String> names) {

    public ColumnNames {
        names = List.copyOf(names);
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            SqlIdentifier.quote(name);
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("the column " + name + " is named twice");
            }
        }
        if (names.isEmpty()) {
            throw new IllegalArgumentException("there is no column");
        }
    }

    /**
     * @param text names with commas between them; a name with other characters than letters, digits, _, - and $ in backticks
     * @throws IllegalArgumentException when one of them is none, or is there twice
     */
    public static ColumnNames parse(String text) {
        return new ColumnNames(TableName.split(text.strip(), ','));
    }

    /** The position of a column, whatever its letter case, or -1. */
    int indexOf(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }
}
