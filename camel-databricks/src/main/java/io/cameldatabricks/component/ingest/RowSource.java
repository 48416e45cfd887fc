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

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The rows of a message. For one thread at a time.
 *
 * @param rows gives an iterator over them; once, or each time anew
 * @param repeatable whether they can be read more than once
 * @param onEnd releases what the rows are read from
 */
public record RowSource(Supplier<? extends Iterator<?>> rows, boolean repeatable, Runnable onEnd) {

    public RowSource {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(onEnd, "onEnd");
    }

    /** Rows that stay where they are. */
    public static RowSource of(Iterable<?> rows) {
        return new RowSource(rows::iterator, true, () -> {});
    }

    /** Rows that are gone once they are read. */
    public static RowSource once(Iterator<?> rows, Runnable onEnd) {
        return new RowSource(() -> rows, false, onEnd);
    }

    /**
     * The rows, after a look at the first of them.
     *
     * @param rows all of them, to be used in place of these
     * @param isAll whether no more rows were seen than asked for
     * @param hasNames whether the first row tells the names of its columns
     */
    public record Beginning(RowSource rows, boolean isAll, boolean hasNames) {}

    /** Reads some rows and one more, which are then in memory; may block. */
    public Beginning beginning(int most) {
        Iterator<?> all;
        List<Object> first = new ArrayList<>();
        try {
            all = rows.get();
            while (first.size() <= most && all.hasNext()) {
                first.add(all.next());
            }
        } catch (RuntimeException e) {
            onEnd.run();
            throw e;
        }
        boolean isAll = first.size() <= most;
        boolean hasNames = !first.isEmpty() && !RowLayout.isByPosition(first.get(0));
        RowSource whole = repeatable ? this : new RowSource(() -> chained(first.iterator(), all), false, onEnd);
        return new Beginning(whole, isAll, hasNames);
    }

    private static Iterator<Object> chained(Iterator<?> first, Iterator<?> rest) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return first.hasNext() || rest.hasNext();
            }

            @Override
            public Object next() {
                return first.hasNext() ? first.next() : rest.next();
            }
        };
    }

    /** Without rows. */
    @Override
    public String toString() {
        return "RowSource[" + (repeatable ? "repeatable" : "once") + "]";
    }
}
