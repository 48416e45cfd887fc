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
package io.cameldatabricks.testinfra.server.engine.spark.result;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

import io.cameldatabricks.testinfra.server.engine.spark.failure.ShownNames;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;

/**
 * Rows of DESCRIBE and its like with the names that users know, without the properties that the warehouse keeps for its
 * own use. Such results are small, so they are held as a whole.
 */
public final class ShownRows {

    private final StructType schema;
    private final String hiddenPrefix;
    private final Pattern hiddenProperty;
    private final List<InternalRow> rows = new ArrayList<>();
    private SchemaName described;

    private ShownRows(StructType schema, String hiddenPrefix) {
        this.schema = schema;
        this.hiddenPrefix = hiddenPrefix;
        this.hiddenProperty = Pattern.compile(Pattern.quote(hiddenPrefix) + "[^=]+=\\{[^}]*\\},?");
    }

    /** @param hiddenPrefix properties whose name begins with it are left out */
    public static Iterator<InternalRow> of(Iterator<InternalRow> rows, StructType schema, String hiddenPrefix) {
        ShownRows shown = new ShownRows(schema, hiddenPrefix);
        rows.forEachRemaining(shown::take);
        return shown.rows.stream().flatMap(row -> shown.shown(row).stream()).iterator();
    }

    private void take(InternalRow row) {
        rows.add(row);
        if (label(row).equals("Database")) {
            described = SchemaName.ofDatabase(row.getUTF8String(1).toString()).orElse(null);
        }
    }

    /** The first of a label and a value, as DESCRIBE EXTENDED writes them. */
    private String label(InternalRow row) {
        boolean labelled = schema.length() > 1
                && schema.apply(0).dataType().equals(DataTypes.StringType)
                && schema.apply(1).dataType().equals(DataTypes.StringType)
                && !row.isNullAt(0)
                && !row.isNullAt(1);
        return labelled ? row.getUTF8String(0).toString() : "";
    }

    private Optional<InternalRow> shown(InternalRow row) {
        String label = label(row);
        if (label.startsWith(hiddenPrefix) || (described != null && label.equals("Namespace"))) {
            return Optional.empty();
        }
        Object[] values = new Object[schema.length()];
        for (int i = 0; i < values.length; i++) {
            Object value = row.get(i, schema.apply(i).dataType());
            if (value instanceof UTF8String text) {
                values[i] = UTF8String.fromString(
                        i == 1 ? value(label, text.toString()) : ShownNames.clean(text.toString()));
            } else if (value instanceof MapData map) {
                values[i] = visible(map);
            } else {
                values[i] = value;
            }
        }
        return Optional.of(new GenericInternalRow(values));
    }

    private String value(String label, String text) {
        if (described != null && label.equals("Catalog")) {
            return described.catalog();
        }
        if (described != null && label.equals("Database")) {
            return described.schema();
        }
        return ShownNames.clean(hiddenProperty.matcher(text).replaceAll(""));
    }

    private MapData visible(MapData map) {
        Map<Object, Object> kept = new LinkedHashMap<>();
        for (int i = 0; i < map.numElements(); i++) {
            Object key = map.keyArray().get(i, DataTypes.StringType);
            if (!(key instanceof UTF8String text) || !text.toString().startsWith(hiddenPrefix)) {
                kept.put(key, map.valueArray().get(i, DataTypes.StringType));
            }
        }
        return kept.size() == map.numElements()
                ? map
                : new ArrayBasedMapData(
                        new GenericArrayData(kept.keySet().toArray()),
                        new GenericArrayData(kept.values().toArray()));
    }
}
