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
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;

/** A JSON object for each row, with its columns in order, and nulls; each on a line of its own, also the last one. */
final class JsonLinesFormat implements RowFormat {

    private final JsonGenerator generator;
    private RowSchema schema;
    private List<DataType> types;

    JsonLinesFormat(OutputStream out) {
        generator = ValueText.generator(out);
    }

    @Override
    public void begin(RowSchema rowSchema) {
        schema = rowSchema;
        types = rowSchema.columns().stream()
                .map(column -> DataType.parse(column.type()))
                .toList();
    }

    @Override
    public void row(Row row) throws IOException {
        generator.writeStartObject();
        for (int i = 0; i < row.size(); i++) {
            generator.writeFieldName(schema.columns().get(i).name());
            ValueText.write(generator, types.get(i), row.value(i));
        }
        generator.writeEndObject();
        generator.writeRaw('\n');
    }

    @Override
    public void flush() throws IOException {
        generator.flush();
    }
}
