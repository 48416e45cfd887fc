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
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;

import io.cameldatabricks.component.sql.InvalidParameterException;
import io.cameldatabricks.component.sql.ValueBinding;

/**
 * Writes the rows of a message into a file that the server reads: a JSON object or a line of CSV for each, whose values are
 * all text, since the server would guess their types and lose digits on the way. The columns stand in the order of their
 * names, so that equal rows make equal files in every process. For one thread.
 */
final class RowFile {

    private static final JsonFactory JSON = new JsonFactory();

    private final IngestSettings settings;
    private final BadRows bad;
    private RowLayout layout;
    private int[] order;
    private ColumnSource[] sources;
    private long read;
    private long written;

    RowFile(IngestSettings settings, BadRows bad) {
        this.settings = settings;
        this.bad = bad;
    }

    /** What a row becomes in the file. */
    private interface Line {
        void write(String[] texts) throws IOException;
    }

    /**
     * @param format one that is for rows
     * @throws BadRowException when the message fails for a row
     * @throws IOException when the file cannot be written
     */
    void write(Iterator<?> rows, FileFormat format, OutputStream out) throws IOException {
        if (settings.columns() != null) {
            use(RowLayout.of(settings.columns()));
        }
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.setRootValueSeparator(new SerializedString("\n"));
            CsvLines csv = new CsvLines(out);
            Line line = format == FileFormat.CSV ? texts -> csvLine(csv, texts) : texts -> jsonLine(json, texts);
            while (rows.hasNext()) {
                Object row = rows.next();
                read++;
                try {
                    line.write(texts(row, format));
                    written++;
                } catch (BadRowException e) {
                    bad.add(read, row, e.getMessage(), e.getCause());
                }
            }
        }
    }

    long read() {
        return read;
    }

    long written() {
        return written;
    }

    /** In the order of the file; none when no row was written. */
    List<String> columns() {
        return written == 0
                ? List.of()
                : IntStream.of(order).mapToObj(layout::nameOf).toList();
    }

    /** How its values are made of their text. */
    ColumnSource source(int column) {
        return sources[order[column]];
    }

    private void use(RowLayout columns) {
        if (columns.names() == null) {
            throw new BadRowException("it has columns by position only, and LOAD needs their names: set columns");
        }
        layout = columns;
        order = IntStream.range(0, columns.size())
                .boxed()
                .sorted(Comparator.comparing(columns::nameOf))
                .mapToInt(Integer::intValue)
                .toArray();
        sources = new ColumnSource[columns.size()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = new ColumnSource();
        }
    }

    private String[] texts(Object row, FileFormat format) throws IOException {
        if (layout != null) {
            return textsOfKnown(row, format);
        }
        if (row == null) {
            throw new BadRowException("it is null");
        }
        try {
            use(RowLayout.ofFirst(row));
            return textsOfKnown(row, format);
        } catch (BadRowException e) {
            // a row that cannot be written does not say which columns the others have
            layout = null;
            throw e;
        }
    }

    private String[] textsOfKnown(Object row, FileFormat format) throws IOException {
        Object[] values = layout.values(row, column -> true);
        String[] texts = new String[values.length];
        ValueBinding[] bindings = new ValueBinding[values.length];
        for (int i = 0; i < values.length; i++) {
            if (isNested(values[i])) {
                texts[i] = document(values[i]);
            } else {
                bindings[i] = binding(layout.nameOf(i), values[i]);
                texts[i] = text(bindings[i].value());
            }
            if (format == FileFormat.CSV && texts[i] != null) {
                CsvLines.check(layout.nameOf(i), texts[i]);
            }
        }
        for (int i = 0; i < values.length; i++) {
            if (bindings[i] == null) {
                sources[i].addNested();
            } else if (texts[i] != null) {
                sources[i].add(bindings[i]);
            }
        }
        return texts;
    }

    private static ValueBinding binding(String column, Object value) {
        try {
            return ValueBinding.of(column, value);
        } catch (InvalidParameterException e) {
            throw new BadRowException(e.getMessage().replaceFirst("^The parameter ", "the column "), e);
        }
    }

    private static String text(Object value) {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value == null ? null : value.toString();
    }

    private static boolean isNested(Object value) {
        return value instanceof Map<?, ?>
                || value instanceof Iterable<?>
                || value != null && value.getClass().isArray() && !(value instanceof byte[]);
    }

    private static String document(Object value) throws IOException {
        java.io.StringWriter text = new java.io.StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            writeNested(value, json);
        }
        return text.toString();
    }

    private static void writeNested(Object value, JsonGenerator json) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            // in the order of their names, as the columns are
            List<String> keys = new ArrayList<>();
            for (Object key : map.keySet()) {
                keys.add(String.valueOf(key));
            }
            if (map.keySet().stream().anyMatch(key -> !(key instanceof String))) {
                throw new BadRowException("it has a Map inside with a key that is no String");
            }
            keys.sort(null);
            for (String key : keys) {
                json.writeFieldName(key);
                writeNested(map.get(key), json);
            }
            json.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                writeNested(element, json);
            }
            json.writeEndArray();
        } else if (isNested(value)) {
            json.writeStartArray();
            for (int i = 0; i < Array.getLength(value); i++) {
                writeNested(Array.get(value, i), json);
            }
            json.writeEndArray();
        } else {
            writeScalar(binding("of a nested value", value).value(), json);
        }
    }

    private static void writeScalar(Object value, JsonGenerator json) throws IOException {
        boolean finite =
                !(value instanceof Double || value instanceof Float) || Double.isFinite(((Number) value).doubleValue());
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Number && finite) {
            json.writeNumber(text(value));
        } else {
            json.writeString(value.toString());
        }
    }

    private void jsonLine(JsonGenerator json, String[] texts) throws IOException {
        json.writeStartObject();
        for (int column : order) {
            json.writeFieldName(layout.nameOf(column));
            json.writeString(texts[column]);
        }
        json.writeEndObject();
    }

    private void csvLine(CsvLines csv, String[] texts) throws IOException {
        if (written == 0) {
            csv.write(IntStream.of(order).mapToObj(layout::nameOf).toList());
        }
        List<String> cells = new ArrayList<>(texts.length);
        for (int column : order) {
            cells.add(texts[column]);
        }
        csv.write(cells);
    }
}
