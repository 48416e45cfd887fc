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

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Which columns the rows of one message have, and how their values are read from a row: by key of a Map, by property of a
 * record or bean, by position of a List or array. Immutable.
 *
 * <p>A row must have every column; its value may be null. Where the columns were named by an option, a Map or bean may have
 * more, which is left out. Where the first row gave them, more is an error, since it would be lost without a word.
 */
final class RowLayout {

    private final ColumnNames names;
    private final int size;
    private final boolean chosen;

    private RowLayout(ColumnNames names, int size, boolean chosen) {
        this.names = names;
        this.size = size;
        this.chosen = chosen;
    }

    /** Of columns that an option names. */
    static RowLayout of(ColumnNames names) {
        return new RowLayout(names, names.names().size(), true);
    }

    /**
     * As the first row has them; without names when it is a List or an array.
     *
     * @throws BadRowException when it has none
     */
    static RowLayout ofFirst(Object row) {
        if (isByPosition(row)) {
            int size = list(row).size();
            if (size == 0) {
                throw new BadRowException("it is empty");
            }
            return new RowLayout(null, size, false);
        }
        try {
            List<String> columns =
                    row instanceof Map<?, ?> map ? keys(map) : properties(row).names();
            return new RowLayout(new ColumnNames(columns), columns.size(), false);
        } catch (BadRowException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new BadRowException(e.getMessage(), e);
        }
    }

    /** Null when columns are known by their position only. */
    ColumnNames names() {
        return names;
    }

    int size() {
        return size;
    }

    /** What a column is called in messages. */
    String nameOf(int column) {
        return names == null ? "?" + (column + 1) : names.names().get(column);
    }

    /**
     * @param needed whether a column has to be there; what is not needed and not there is null
     * @return one value for each column
     * @throws BadRowException when the row does not fit
     */
    Object[] values(Object row, Needed needed) {
        if (row == null) {
            throw new BadRowException("it is null");
        }
        if (isByPosition(row)) {
            return byPosition(row);
        }
        if (names == null) {
            throw new BadRowException("it has columns by name, but the rows before it by position only");
        }
        return row instanceof Map<?, ?> map ? byKey(map, needed) : byProperty(row, needed);
    }

    /** Which columns a row must have. */
    @FunctionalInterface
    interface Needed {
        boolean needs(int column);
    }

    private Object[] byPosition(Object row) {
        if (names != null && !chosen) {
            throw new BadRowException("it has columns by position only, but the rows before it by name");
        }
        List<?> list = list(row);
        if (list.size() != size) {
            throw new BadRowException("it has " + list.size() + " values for " + size + " columns");
        }
        return list.toArray();
    }

    private Object[] byKey(Map<?, ?> map, Needed needed) {
        Object[] values = new Object[size];
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (int i = 0; i < size; i++) {
            String name = names.names().get(i);
            values[i] = map.get(name);
            if (values[i] != null || map.containsKey(name)) {
                found++;
            } else if (needed.needs(i)) {
                missing.add(name);
            }
        }
        reject(missing);
        if (!chosen && map.size() > found) {
            List<String> more = keys(map);
            more.removeAll(names.names());
            throw new BadRowException("it has " + more + " beside the columns of the first row " + names.names()
                    + "; name the columns with the option columns");
        }
        return values;
    }

    private Object[] byProperty(Object row, Needed needed) {
        BeanProperties properties = properties(row);
        Object[] values = new Object[size];
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            String name = names.names().get(i);
            if (properties.has(name)) {
                values[i] = properties.value(row, name);
            } else if (needed.needs(i)) {
                missing.add(name);
            }
        }
        reject(missing);
        if (!chosen && properties.names().size() > size) {
            throw new BadRowException("its class " + row.getClass().getName()
                    + " has more properties than the columns of the first row " + names.names()
                    + "; name the columns with the option columns");
        }
        return values;
    }

    private static void reject(List<String> missing) {
        if (!missing.isEmpty()) {
            throw new BadRowException("it lacks " + missing + "; a column without a value needs a null");
        }
    }

    private static List<String> keys(Map<?, ?> map) {
        List<String> keys = new ArrayList<>(map.size());
        for (Object key : map.keySet()) {
            if (!(key instanceof String name)) {
                throw new BadRowException("it is a Map with a key that is no String");
            }
            keys.add(name);
        }
        return keys;
    }

    private static BeanProperties properties(Object row) {
        Class<?> type = row.getClass();
        // a tree of Jackson is no bean, although it has getters
        boolean noBean = type.getName().startsWith("java.")
                || type.getName().startsWith("com.fasterxml.jackson.")
                || type.isEnum();
        if (noBean) {
            throw new BadRowException("it is a " + type.getName() + ", and not a Map, List, array, record or bean");
        }
        BeanProperties properties = BeanProperties.of(type);
        if (properties.names().isEmpty()) {
            throw new BadRowException("its class " + type.getName() + " has no properties that can be read");
        }
        return properties;
    }

    static boolean isByPosition(Object row) {
        return row instanceof List<?>
                || row != null && row.getClass().isArray() && !(row instanceof byte[]) && !(row instanceof char[]);
    }

    private static List<?> list(Object row) {
        if (row instanceof List<?> list) {
            return list;
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < Array.getLength(row); i++) {
            values.add(Array.get(row, i));
        }
        return Collections.unmodifiableList(values);
    }
}
