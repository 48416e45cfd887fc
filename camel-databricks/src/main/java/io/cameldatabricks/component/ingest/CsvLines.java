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

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lines of CSV as the server reads them with the options of {@link CopyText}. For one thread. */
final class CsvLines {

    /** Stands for NULL, without quotes; no text can be it. */
    static final String NULL = "\\N:camel-null";

    private final OutputStream out;

    CsvLines(OutputStream out) {
        this.out = out;
    }

    /** @throws BadRowException when the server would read another text */
    static void check(String column, String cell) {
        if (cell.equals(NULL)) {
            throw new BadRowException("the column " + column + " holds the text that stands for NULL");
        }
        if (cell.indexOf(0) >= 0) {
            throw new BadRowException("the column " + column
                    + " holds the character U+0000, which is dropped where CSV is read: use fileFormat=JSON");
        }
    }

    /** @param cells with null for NULL; all others stand in quotes, so that an empty text stays one */
    void write(List<String> cells) throws IOException {
        StringBuilder line = new StringBuilder();
        for (String cell : cells) {
            line.append(line.isEmpty() ? "" : ",");
            if (cell == null) {
                line.append(NULL);
            } else {
                line.append('"').append(cell.replace("\"", "\"\"")).append('"');
            }
        }
        out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }
}
