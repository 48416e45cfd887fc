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
package io.cameldatabricks.component.body;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.BaseStream;

import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.ingest.RowSource;

/** The rows that a body holds. Stateless. */
public final class MessageRows {

    private static final Logger LOG = LoggerFactory.getLogger(MessageRows.class);

    private MessageRows() {}

    /**
     * @param body a Collection, an array, an Iterable, an Iterator or a Stream of rows, or one row: a Map, record or bean
     * @param row finds the row in an element of the body
     * @throws IllegalArgumentException when the body holds no rows
     */
    public static RowSource of(Object body, UnaryOperator<Object> row) {
        if (body instanceof Map<?, ?>) {
            return RowSource.of(List.of(body));
        } else if (body instanceof Collection<?> rows) {
            return new RowSource(() -> mapped(rows.iterator(), row), true, () -> {});
        } else if (body instanceof Object[] rows) {
            return new RowSource(() -> mapped(Arrays.asList(rows).iterator(), row), true, () -> {});
        } else if (body instanceof Iterator<?> rows) {
            return once(rows, () -> mapped(rows, row));
        } else if (body instanceof BaseStream<?, ?> rows) {
            return once(rows, () -> mapped(rows.iterator(), row));
        } else if (body instanceof Iterable<?> rows && body instanceof AutoCloseable) {
            // over a file or a result: its next iterator goes on where this one stops
            return once(rows, () -> mapped(rows.iterator(), row));
        } else if (body instanceof Iterable<?> rows) {
            // who says that it can be read again; but it may be, by the next message that has it
            return new RowSource(() -> begun(rows.iterator(), row), false, () -> {});
        } else if (body == null
                || body instanceof StreamCache
                || body instanceof WrappedFile<?>
                || body.getClass().getName().startsWith("java.")
                || body.getClass().isArray()) {
            throw new IllegalArgumentException(
                    "The message has no rows, its body is "
                            + (body == null ? "null" : "a " + body.getClass().getTypeName())
                            + ": set it to a list of maps, lists, arrays, records or beans, to an iterator over such, or to one map.");
        }
        return RowSource.of(List.of(body));
    }

    private static RowSource once(Object body, Supplier<Iterator<Object>> rows) {
        BegunBody.refuse(body);
        return new RowSource(
                () -> {
                    BegunBody.begin(body);
                    return rows.get();
                },
                false,
                () -> close(body));
    }

    private static Iterator<Object> begun(Iterator<?> rows, UnaryOperator<Object> row) {
        BegunBody.begin(rows);
        return mapped(rows, row);
    }

    private static Iterator<Object> mapped(Iterator<?> rows, UnaryOperator<Object> row) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Object next() {
                return row.apply(rows.next());
            }
        };
    }

    private static void close(Object rows) {
        if (rows instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.debug("The source of rows could not be closed", e);
            }
        }
    }
}
