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

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import com.databricks.jdbc.api.impl.DatabricksResultSet;
import com.databricks.jdbc.api.impl.IExecutionResult;
import com.databricks.jdbc.api.impl.InlineJsonResult;
import com.databricks.jdbc.api.impl.arrow.ArrowResultChunkIterator;
import com.databricks.jdbc.model.core.ColumnInfo;
import com.databricks.jdbc.model.core.ColumnInfoTypeName;

/**
 * The one door to the driver's inside: the text of a cell before the driver converts it.
 *
 * <p>It is needed because the conversions of driver 3.4.5 lose what cannot be had back. A TIMESTAMP becomes a {@code
 * java.sql.Timestamp} by way of the JVM's zone, so that the hour that daylight saving skips is shifted, and the
 * session's zone must be guessed; a MAP becomes JSON whose quotes are not escaped; a DECIMAL inside an ARRAY becomes a
 * double. Where the inside has changed, {@link #of} returns null and {@link JdbcCells} does what JDBC allows.
 */
final class DriverCells implements Cells {

    private static final Access ACCESS = Access.find();

    private final ResultSet resultSet;
    private final IExecutionResult result;
    private final MethodHandle chunkIterator;
    private final List<ColumnInfo> columns;

    private DriverCells(
            ResultSet resultSet, IExecutionResult result, MethodHandle chunkIterator, List<ColumnInfo> columns) {
        this.resultSet = resultSet;
        this.result = result;
        this.chunkIterator = chunkIterator;
        this.columns = columns;
    }

    /** @return null if this is not the driver's result set or not one that is known */
    static DriverCells of(ResultSet resultSet) throws SQLException {
        if (ACCESS == null || !resultSet.isWrapperFor(DatabricksResultSet.class)) {
            return null;
        }
        try {
            IExecutionResult result =
                    (IExecutionResult) ACCESS.executionResult.invoke(resultSet.unwrap(DatabricksResultSet.class));
            if (result instanceof InlineJsonResult) {
                return new DriverCells(resultSet, result, null, null);
            }
            MethodHandle iterator = field(result, "chunkIterator", "currentChunkIterator");
            MethodHandle columns = field(result, "columnInfos");
            if (iterator == null || columns == null) {
                return null;
            }
            @SuppressWarnings("unchecked")
            List<ColumnInfo> columnInfos = (List<ColumnInfo>) columns.invoke();
            return columnInfos == null ? null : new DriverCells(resultSet, result, iterator, columnInfos);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            return null;
        }
    }

    @Override
    public Object object(int column) throws SQLException {
        return resultSet.getObject(column);
    }

    @Override
    public String text(int column) throws SQLException {
        Object value;
        if (chunkIterator == null) {
            value = result.getObject(column - 1);
        } else {
            try {
                Object iterator = chunkIterator.invoke();
                value = ACCESS.cell.invoke(
                        iterator, column - 1, ColumnInfoTypeName.STRING, "STRING", columns.get(column - 1));
            } catch (SQLException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new SQLException("The driver could not read column " + column + ".", e);
            }
        }
        return value == null ? null : value.toString();
    }

    /** A getter that is bound to the object, for the first of the fields that its class has. */
    private static MethodHandle field(Object owner, String... names) {
        for (String name : names) {
            try {
                Field field = owner.getClass().getDeclaredField(name);
                field.setAccessible(true);
                return MethodHandles.lookup().unreflectGetter(field).bindTo(owner);
            } catch (NoSuchFieldException e) {
                // the next name
            } catch (ReflectiveOperationException | RuntimeException e) {
                return null;
            }
        }
        return null;
    }

    private record Access(MethodHandle executionResult, MethodHandle cell) {

        /** @return null if this version of the driver looks different inside */
        static Access find() {
            try {
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                Field field = DatabricksResultSet.class.getDeclaredField("executionResult");
                field.setAccessible(true);
                MethodHandle cell = MethodHandles.privateLookupIn(ArrowResultChunkIterator.class, lookup)
                        .findVirtual(
                                ArrowResultChunkIterator.class,
                                "getColumnObjectAtCurrentRow",
                                MethodType.methodType(
                                        Object.class,
                                        int.class,
                                        ColumnInfoTypeName.class,
                                        String.class,
                                        ColumnInfo.class));
                return new Access(lookup.unreflectGetter(field), cell);
            } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                return null;
            }
        }
    }
}
