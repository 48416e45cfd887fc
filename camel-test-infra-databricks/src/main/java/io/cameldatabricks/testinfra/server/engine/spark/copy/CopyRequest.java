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
package io.cameldatabricks.testinfra.server.engine.spark.copy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;

/**
 * A COPY INTO as it was written. Immutable.
 *
 * @param table the target
 * @param byPosition true when the columns are matched by their position
 * @param columns the target's columns that are matched by position, in the source's order; none for all of them
 * @param source the path of a file or a directory, perhaps with wildcards
 * @param selection {@code SELECT} and what is selected, without FROM, or null for all columns
 * @param format in lower case
 * @param files names below the source; none for all
 * @param pattern wildcards for names below the source, or null
 * @param formatOptions for the reader; names in any case
 * @param copyOptions names in any case
 */
public record CopyRequest(
        ObjectName table,
        boolean byPosition,
        List<String> columns,
        String source,
        String selection,
        String format,
        List<String> files,
        String pattern,
        Map<String, String> formatOptions,
        Map<String, String> copyOptions) {

    public CopyRequest {
        columns = List.copyOf(columns);
        files = List.copyOf(files);
        format = format.toLowerCase(Locale.ROOT);
        formatOptions = inAnyCase(formatOptions);
        copyOptions = inAnyCase(copyOptions);
    }

    private static Map<String, String> inAnyCase(Map<String, String> options) {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(options);
        return copy;
    }

    /** Whether files are loaded again that have been loaded before. */
    boolean force() {
        return isTrue(copyOptions, "force");
    }

    /** Whether the target gets the columns that it does not have. */
    boolean evolves() {
        return isTrue(copyOptions, "mergeSchema");
    }

    /** Whether files that cannot be read are left out. */
    boolean skipsCorruptFiles() {
        return isTrue(formatOptions, "ignoreCorruptFiles");
    }

    private static boolean isTrue(Map<String, String> options, String name) {
        return Boolean.parseBoolean(options.getOrDefault(name, "false"));
    }
}
