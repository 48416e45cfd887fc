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

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows of a JDBC result set, read one at a time. It closes itself after the last row and after a failure.
 *
 * <p>Closing the result set releases the result on the server. Not thread-safe, except for {@link #close}.
 */
public final class ResultSetRows implements Rows {

    private static final Logger LOG = LoggerFactory.getLogger(ResultSetRows.class);

    private final ResultSet resultSet;
    private final Runnable beforeClose;
    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final RowSchema schema;
    private final TypeMapping[] mappings;
    private final Cells cells;
    private boolean ready;
    private boolean finished;

    /**
     * For a session in UTC, as those of SQL warehouses are by default.
     *
     * @param resultSet before its first row
     * @param onClose frees what the result set depends on (statement, connection); called once, after it was closed
     * @throws ResultReadException if the columns cannot be read; then all is closed
     */
    public ResultSetRows(ResultSet resultSet, Runnable onClose) {
        this(resultSet, onClose, ZoneOffset.UTC);
    }

    /** @param sessionZone the session's time zone */
    public ResultSetRows(ResultSet resultSet, Runnable onClose, ZoneId sessionZone) {
        this(resultSet, () -> {}, onClose, sessionZone);
    }

    /** @param beforeClose called once, directly before the result set is closed */
    public ResultSetRows(ResultSet resultSet, Runnable beforeClose, Runnable onClose, ZoneId sessionZone) {
        this.resultSet = resultSet;
        this.beforeClose = beforeClose;
        this.onClose = onClose;
        try {
            ResultSetMetaData metaData = resultSet.getMetaData();
            List<Column> columns = new ArrayList<>();
            this.mappings = new TypeMapping[metaData.getColumnCount()];
            for (int i = 1; i <= mappings.length; i++) {
                String type = metaData.getColumnTypeName(i);
                columns.add(new Column(metaData.getColumnLabel(i), type));
                mappings[i - 1] = new TypeMapping(type, sessionZone);
            }
            this.schema = RowSchema.of(columns);
            this.cells = Cells.of(resultSet);
        } catch (SQLException | RuntimeException e) {
            close();
            throw new ResultReadException("The columns of the result cannot be read.", e);
        }
    }

    @Override
    public RowSchema schema() {
        return schema;
    }

    @Override
    public boolean hasNext() {
        if (closed.get()) {
            return false;
        }
        if (ready) {
            return true;
        }
        try {
            ready = resultSet.next();
        } catch (SQLException | RuntimeException e) {
            throw failed(e);
        }
        if (!ready) {
            finished = true;
            close();
        }
        return ready;
    }

    @Override
    public Row next() {
        if (!finished && closed.get()) {
            throw new IllegalStateException("The rows of this result were closed.");
        }
        if (!hasNext()) {
            throw new NoSuchElementException("The result has no more rows.");
        }
        ready = false;
        Object[] values = new Object[mappings.length];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = mappings[i].value(cells, i + 1);
            }
        } catch (SQLException | RuntimeException e) {
            throw failed(e);
        }
        return new Row(schema, values);
    }

    private ResultReadException failed(Exception cause) {
        close();
        return new ResultReadException("The rows of the result cannot be read.", cause);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            beforeClose.run();
            resultSet.close();
        } catch (SQLException | RuntimeException e) {
            // the driver throws unchecked exceptions here too; the rows were read, so this is not the route's concern
            LOG.debug("The result set could not be closed", e);
        }
        try {
            onClose.run();
        } catch (RuntimeException e) {
            LOG.debug("What the result set depends on could not be closed", e);
        }
    }
}
