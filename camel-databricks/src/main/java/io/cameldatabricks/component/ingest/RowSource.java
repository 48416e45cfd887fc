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

import java.util.Iterator;
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

    /** Without rows. */
    @Override
    public String toString() {
        return "RowSource[" + (repeatable ? "repeatable" : "once") + "]";
    }
}
