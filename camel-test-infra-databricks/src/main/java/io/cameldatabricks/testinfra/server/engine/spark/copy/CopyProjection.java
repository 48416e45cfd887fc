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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Brings the columns of the files into the shape of the table. By name: types must agree, or be numbers that the target
 * takes without loss; fields of structs are matched by name too. By position: values are cast.
 */
final class CopyProjection {

    private static final String DEFAULT = "CURRENT_DEFAULT";

    private final CopyRequest request;
    private final StructType target;
    private final List<String> differences = new ArrayList<>();

    CopyProjection(CopyRequest request, StructType target) {
        this.request = request;
        this.target = target;
    }

    Dataset<Row> of(Dataset<Row> source) {
        Map<String, Column> columns = request.byPosition() ? byPosition(source) : byName(source);
        if (!differences.isEmpty()) {
            throw CopyErrors.mismatch(request.table(), String.join("; ", differences) + ".");
        }
        addDefaults(columns);
        List<Column> list = new ArrayList<>();
        columns.forEach((name, column) -> list.add(column.as(name)));
        return source.select(list.toArray(Column[]::new));
    }

    private Map<String, Column> byName(Dataset<Row> source) {
        Map<String, Column> columns = new LinkedHashMap<>();
        Set<String> seen = new LinkedHashSet<>();
        for (StructField field : source.schema().fields()) {
            if (!seen.add(field.name().toLowerCase(Locale.ROOT))) {
                differences.add("the source has two columns " + field.name());
                continue;
            }
            Column column = source.col("`" + field.name().replace("`", "``") + "`");
            StructField wanted = find(target, field.name());
            if (wanted == null) {
                columns.put(field.name(), added(field, column));
            } else {
                columns.put(wanted.name(), convert(field.name(), column, field.dataType(), wanted.dataType()));
            }
        }
        return columns;
    }

    private Column added(StructField field, Column column) {
        if (!request.evolves()) {
            differences.add("the table has no column " + field.name() + " "
                    + field.dataType().sql());
        }
        return field.dataType() instanceof NullType ? column.cast(DataTypes.StringType) : column;
    }

    private Map<String, Column> byPosition(Dataset<Row> source) {
        if (!request.format().equals("csv")) {
            throw CopyErrors.incompatible("BY POSITION", "FILEFORMAT = " + request.format());
        }
        if (Boolean.parseBoolean(request.formatOptions().getOrDefault("header", "false"))) {
            throw CopyErrors.incompatible("BY POSITION", "header");
        }
        List<StructField> wanted = positions();
        String[] given = source.columns();
        if (given.length != wanted.size()) {
            throw CopyErrors.arity(request.table(), wanted.size(), given.length);
        }
        Map<String, Column> columns = new LinkedHashMap<>();
        for (int i = 0; i < given.length; i++) {
            StructField field = wanted.get(i);
            Column column = source.col("`" + given[i] + "`");
            columns.put(field.name(), column.cast(field.dataType()));
        }
        return columns;
    }

    private List<StructField> positions() {
        if (request.columns().isEmpty()) {
            return List.of(target.fields()).stream()
                    .filter(field -> !CopyTarget.isFilledByDelta(field))
                    .toList();
        }
        List<StructField> fields = new ArrayList<>();
        for (String name : request.columns()) {
            StructField field = find(target, name);
            if (field == null) {
                throw CopyErrors.mismatch(request.table(), "the table has no column " + name + ".");
            }
            fields.add(field);
        }
        return fields;
    }

    private Column convert(String name, Column column, DataType from, DataType to) {
        if (from.sameType(to)) {
            return column;
        }
        if (from instanceof StructType source && to instanceof StructType wanted) {
            return struct(name, column, source, wanted);
        }
        if (from instanceof ArrayType source && to instanceof ArrayType wanted) {
            return functions.transform(
                    column, element -> convert(name + ".element", element, source.elementType(), wanted.elementType()));
        }
        boolean number = from instanceof NumericType && to instanceof NumericType && Cast.canUpCast(from, to);
        if (from instanceof NullType || number) {
            return column.cast(to);
        }
        differences.add("column " + name + " is " + from.sql() + " in the source and " + to.sql() + " in the table");
        return column;
    }

    private Column struct(String name, Column column, StructType from, StructType to) {
        List<Column> fields = new ArrayList<>();
        for (StructField wanted : to.fields()) {
            StructField given = find(from, wanted.name());
            Column field = given == null
                    ? functions.lit(null).cast(wanted.dataType())
                    : convert(
                            name + "." + wanted.name(),
                            column.getField(given.name()),
                            given.dataType(),
                            wanted.dataType());
            fields.add(field.as(wanted.name()));
        }
        for (StructField given : from.fields()) {
            if (find(to, given.name()) == null) {
                differences.add("the table has no field " + name + "." + given.name());
            }
        }
        Column whole = functions.struct(fields.toArray(Column[]::new));
        return functions.when(column.isNotNull(), whole);
    }

    /** Columns that the files do not have get their defaults; the others become NULL. */
    private void addDefaults(Map<String, Column> columns) {
        for (StructField field : target.fields()) {
            boolean given = columns.keySet().stream().anyMatch(name -> name.equalsIgnoreCase(field.name()));
            if (!given && field.metadata().contains(DEFAULT)) {
                columns.put(
                        field.name(),
                        functions.expr(field.metadata().getString(DEFAULT)).cast(field.dataType()));
            }
        }
    }

    private static StructField find(StructType type, String name) {
        for (StructField field : type.fields()) {
            if (field.name().equalsIgnoreCase(name)) {
                return field;
            }
        }
        return null;
    }
}
