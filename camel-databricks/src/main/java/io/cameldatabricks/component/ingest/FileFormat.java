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
import java.util.Locale;
import java.util.Optional;

/** What a file that is loaded is made of, as COPY INTO names it. */
public enum FileFormat {
    /** Text with separators. */
    CSV("csv", "tsv"),
    /** One JSON object in each line. */
    JSON("json", "jsonl", "ndjson"),
    /** Apache Parquet. */
    PARQUET("parquet"),
    /** Apache Avro. */
    AVRO("avro"),
    /** Apache ORC. */
    ORC("orc"),
    /** Each line is a row of one column. */
    TEXT("txt", "text"),
    /** The file is a row. */
    BINARYFILE("bin");

    private static final List<String> PACKED = List.of(".gz", ".bz2", ".deflate", ".lz4", ".snappy", ".zst", ".zstd");

    private final List<String> endings;

    FileFormat(String... endings) {
        this.endings = List.of(endings);
    }

    /** The format that the name of a file speaks of, also when the file is packed. */
    public static Optional<FileFormat> ofName(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        String plain = name.substring(0, name.length() - packing(file).length());
        for (FileFormat format : values()) {
            if (format.endings.stream().anyMatch(ending -> plain.endsWith("." + ending))) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** The end of a name that says how the file is packed, such as {@code .gz}; empty when it is not. */
    static String packing(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return PACKED.stream().filter(name::endsWith).findFirst().orElse("");
    }

    /** What names of such files end with. */
    String ending() {
        return "." + endings.get(0);
    }

    /** Whether rows can be written in it. */
    public boolean isForRows() {
        return this == JSON || this == CSV;
    }
}
