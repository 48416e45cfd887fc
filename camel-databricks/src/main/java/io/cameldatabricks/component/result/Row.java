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
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A row: a read-only Map from column name to value, in column order. The rows of a result share their schema, so that a
 * row is little more than its values.
 *
 * <p>{@link #get} and {@link #containsKey} disregard the letter case of the name; iteration shows the names as the
 * result has them. Attempts to change a row throw {@link UnsupportedOperationException}; copy it into a
 * {@code LinkedHashMap} to change it. Serializable, and thread-safe as far as the values are.
 */
public final class Row extends AbstractMap<String, Object> implements Serializable {

    private static final long serialVersionUID = 1L;

    private final RowSchema schema;

    @SuppressWarnings("serial") // the values of the type mapping are all serializable
    private final Object[] values;

    /**
     * @param schema the columns
     * @param values one for each column; the row keeps the array, which must not be changed any more
     */
    Row(RowSchema schema, Object[] values) {
        if (values.length != schema.size()) {
            throw new IllegalArgumentException(
                    "A row of " + schema.size() + " columns needs as many values, not " + values.length + ".");
        }
        this.schema = schema;
        this.values = values;
    }

    /** Makes a row of a copy of the values. */
    public static Row of(RowSchema schema, Object... values) {
        return new Row(schema, values.clone());
    }

    public RowSchema schema() {
        return schema;
    }

    /** The value of a column by its position, from 0. */
    public Object value(int column) {
        return values[Objects.checkIndex(column, values.length)];
    }

    @Override
    public Object get(Object name) {
        int index = indexOf(name);
        return index < 0 ? null : values[index];
    }

    @Override
    public boolean containsKey(Object name) {
        return indexOf(name) >= 0;
    }

    private int indexOf(Object name) {
        return name instanceof String text ? schema.indexOf(text) : -1;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Object> action) {
        for (int i = 0; i < values.length; i++) {
            action.accept(schema.columns().get(i).name(), values[i]);
        }
    }

    @Override
    public Object remove(Object name) {
        throw new UnsupportedOperationException("A row is read-only.");
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException("A row is read-only.");
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new Entries();
    }

    private final class Entries extends AbstractSet<Map.Entry<String, Object>> {

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public Iterator<Map.Entry<String, Object>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < values.length;
                }

                @Override
                public Map.Entry<String, Object> next() {
                    if (next >= values.length) {
                        throw new NoSuchElementException();
                    }
                    int column = next++;
                    return new SimpleImmutableEntry<>(
                            schema.columns().get(column).name(), values[column]);
                }
            };
        }
    }
}
