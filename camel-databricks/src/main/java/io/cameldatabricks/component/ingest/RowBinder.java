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

import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import io.cameldatabricks.component.sql.InvalidParameterException;
import io.cameldatabricks.component.sql.SqlParameter;
import io.cameldatabricks.component.sql.ValueBinding;

/** Turns rows into parts of a statement. The columns are known with the first row. For one thread. */
final class RowBinder {

    private final MergeRules merge;
    private RowLayout layout;
    private int marker;

    RowBinder(IngestSettings settings) {
        this.merge = settings.merge();
        if (settings.columns() != null) {
            use(RowLayout.of(settings.columns()));
        }
    }

    /** Null as long as nothing was bound and no option names the columns. */
    RowLayout layout() {
        return layout;
    }

    private void use(RowLayout columns) {
        if (merge != null) {
            requireNames(columns);
            marker = merge.deleteMarker() == null ? -1 : columns.names().indexOf(merge.deleteMarker());
        } else {
            marker = -1;
        }
        layout = columns;
    }

    private void requireNames(RowLayout columns) {
        if (columns.names() == null) {
            throw new BadRowException("it has columns by position only, and MERGE needs their names: set columns");
        }
        List<String> needed = new ArrayList<>(merge.keys().names());
        if (merge.updated() != null) {
            needed.addAll(merge.updated().names());
        }
        if (merge.version() != null) {
            needed.add(merge.version());
        }
        needed.removeIf(name -> columns.names().indexOf(name) >= 0);
        if (!needed.isEmpty()) {
            throw new BadRowException("it lacks " + needed + ", which mergeKeys, updateColumns or versionColumn name");
        }
    }

    /**
     * @param number of the row in its message
     * @throws BadRowException when it cannot be bound
     */
    BoundRow bind(long number, Object row) {
        return bind(number, row, false);
    }

    /**
     * Finds what is wrong with a row that will be bound later, and so takes nothing out of it that can be read once only.
     *
     * @return its key, or null
     * @throws BadRowException as {@link #bind}
     */
    Object check(long number, Object row) {
        return bind(number, row, true).key();
    }

    private BoundRow bind(long number, Object row, boolean checkOnly) {
        if (layout != null) {
            return bindKnown(number, row, checkOnly);
        }
        if (row == null) {
            throw new BadRowException("it is null");
        }
        try {
            use(RowLayout.ofFirst(row));
            return bindKnown(number, row, checkOnly);
        } catch (BadRowException e) {
            // a row that cannot be written does not say which columns the others have
            layout = null;
            throw e;
        }
    }

    private BoundRow bindKnown(long number, Object row, boolean checkOnly) {
        boolean deleted = marker >= 0 && isDeleted(row);
        Object[] values =
                layout.values(row, column -> column != marker && (!deleted || isKey(column) || isVersion(column)));
        StringBuilder text = new StringBuilder("(");
        List<SqlParameter> parameters = new ArrayList<>(values.length);
        List<String> types = new ArrayList<>(values.length);
        List<Object> key = new ArrayList<>();
        RowVersion version = null;
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ", ");
            if (i == marker) {
                text.append(deleted ? "TRUE" : "FALSE");
                types.add("BOOLEAN");
                continue;
            }
            boolean isKey = isKey(i);
            boolean isVersion = isVersion(i);
            ValueBinding binding = binding(i, deleted && !isKey && !isVersion ? null : values[i], checkOnly);
            if (isVersion && binding.value() == null) {
                throw new BadRowException("its " + layout.nameOf(i)
                        + " (versionColumn) is null, so that it is neither older nor younger than a row of the table");
            }
            version = isVersion ? RowVersion.of(binding) : version;
            if (isKey) {
                key.add(key(i, binding));
            }
            if (binding.value() == null && binding.placeholder().equals("?")) {
                // a marker less; the type of a NULL comes from the other rows, or from the column
                text.append("NULL");
                types.add(null);
            } else {
                text.append(binding.placeholder());
                parameters.add(new SqlParameter(layout.nameOf(i), binding.type(), binding.value()));
                types.add(binding.placeholder().equals("?") ? binding.type() : binding.placeholder());
            }
        }
        text.append(')');
        long bytes = bytes(text, parameters);
        return new BoundRow(
                number, row, text.toString(), parameters, types, key.isEmpty() ? null : key, version, bytes);
    }

    /** @throws BadRowException when no statement can hold them */
    private static long bytes(CharSequence text, List<SqlParameter> parameters) {
        if (parameters.size() > IngestSettings.MAX_MARKERS) {
            throw new BadRowException("it has " + parameters.size() + " values that are not null, more than the "
                    + IngestSettings.MAX_MARKERS + " that a statement may have");
        }
        long bytes = text.length() + 2L;
        for (SqlParameter parameter : parameters) {
            bytes += RequestSize.of(parameter);
        }
        if (bytes > IngestSettings.MAX_ROW_BYTES) {
            throw new BadRowException("it takes " + bytes + " bytes, more than the " + IngestSettings.MAX_ROW_BYTES
                    + " that a row of a statement may have");
        }
        return bytes;
    }

    private boolean isDeleted(Object row) {
        Object value = layout.values(row, column -> false)[marker];
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw new BadRowException("its " + layout.nameOf(marker) + " (deleteColumn) is a "
                + value.getClass().getName() + ", no Boolean");
    }

    private boolean isKey(int column) {
        return merge != null && merge.keys().indexOf(layout.nameOf(column)) >= 0;
    }

    private boolean isVersion(int column) {
        return merge != null && merge.isVersion(layout.nameOf(column));
    }

    private ValueBinding binding(int column, Object value, boolean checkOnly) {
        if (checkOnly && value instanceof InputStream) {
            return new ValueBinding("?", "STRING", "");
        }
        try {
            return ValueBinding.of(layout.nameOf(column), value);
        } catch (InvalidParameterException e) {
            throw new BadRowException(e.getMessage().replaceFirst("^The parameter ", "the column "), e);
        }
    }

    private Object key(int column, ValueBinding binding) {
        Object value = binding.value();
        if (value == null) {
            throw new BadRowException("its key " + layout.nameOf(column)
                    + " is null, and NULL is equal to nothing, so that it would be inserted each time");
        }
        if (value instanceof Float || value instanceof Double) {
            double number = ((Number) value).doubleValue();
            // equal in SQL
            return number == 0 ? 0d : number;
        }
        // 1 of any width and 1.00 are equal in SQL
        return value instanceof Number ? new BigDecimal(value.toString()).stripTrailingZeros() : value;
    }
}
