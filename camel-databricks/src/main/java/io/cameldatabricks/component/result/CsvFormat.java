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
package io.cameldatabricks.component.result;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * CSV as RFC 4180 has it: lines end in CR LF, the first one has the names, and what holds a comma, a quote or a line end
 * stands in quotes. NULL is nothing at all, an empty text is {@code ""}, as Spark and PostgreSQL read it; libraries for CSV
 * can only tell the two apart by putting every value into quotes.
 */
final class CsvFormat implements RowFormat {

    private static final String LINE_END = "\r\n";

    private final Writer out;
    private List<DataType> types;

    CsvFormat(OutputStream out) {
        this.out = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    }

    @Override
    public void begin(RowSchema schema) throws IOException {
        types = schema.columns().stream()
                .map(column -> DataType.parse(column.type()))
                .toList();
        for (int i = 0; i < schema.size(); i++) {
            separate(i);
            cell(schema.columns().get(i).name());
        }
        out.write(LINE_END);
    }

    @Override
    public void row(Row row) throws IOException {
        for (int i = 0; i < row.size(); i++) {
            separate(i);
            Object value = row.value(i);
            if (value != null) {
                cell(ValueText.of(types.get(i), value));
            }
        }
        out.write(LINE_END);
    }

    private void separate(int column) throws IOException {
        if (column > 0) {
            out.write(',');
        }
    }

    private void cell(String text) throws IOException {
        if (!needsQuotes(text)) {
            out.write(text);
            return;
        }
        out.write('"');
        out.write(text.replace("\"", "\"\""));
        out.write('"');
    }

    private static boolean needsQuotes(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',' || c == '"' || c == '\r' || c == '\n') {
                return true;
            }
        }
        // readers drop blanks at the ends
        return text.isEmpty() || text.charAt(0) <= ' ' || text.charAt(text.length() - 1) <= ' ';
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
