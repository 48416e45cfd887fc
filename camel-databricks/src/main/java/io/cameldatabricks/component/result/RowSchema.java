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

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The columns of a result, shared by its rows. Immutable and thread-safe.
 *
 * <p>Names are looked up without regard to letter case, as Databricks does. A name that occurs again gets a number: two
 * columns {@code id} become {@code id} and {@code id_2}.
 */
public final class RowSchema implements Serializable {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always an immutable JDK list
    private final List<Column> columns;

    private transient Map<String, Integer> indexes;

    private RowSchema(List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.indexes = index(this.columns);
    }

    /** Makes the schema of a result whose columns have these names and types, in this order. */
    public static RowSchema of(List<Column> columns) {
        Map<String, Integer> taken = new HashMap<>();
        columns.forEach(column -> taken.merge(key(column.name()), 1, Integer::sum));
        Map<String, Integer> seen = new HashMap<>();
        List<Column> unique = new ArrayList<>(columns.size());
        for (Column column : columns) {
            int occurrence = seen.merge(key(column.name()), 1, Integer::sum);
            String name = column.name();
            while (occurrence > 1 && taken.putIfAbsent(key(name = column.name() + "_" + occurrence), 1) != null) {
                occurrence++;
            }
            unique.add(new Column(name, column.type()));
        }
        return new RowSchema(unique);
    }

    public List<Column> columns() {
        return columns;
    }

    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    public int size() {
        return columns.size();
    }

    /** The position of a column, from 0, or -1 if there is none of that name in any letter case. */
    public int indexOf(String name) {
        Integer index = indexes.get(name);
        if (index == null) {
            index = indexes.get(key(name));
        }
        return index == null ? -1 : index;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Map<String, Integer> index(List<Column> columns) {
        Map<String, Integer> indexes = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            indexes.put(key(columns.get(i).name()), i);
            indexes.put(columns.get(i).name(), i);
        }
        return indexes;
    }

    private Object readResolve() {
        return new RowSchema(columns);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowSchema schema && columns.equals(schema.columns);
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }

    @Override
    public String toString() {
        return columns.toString();
    }
}
