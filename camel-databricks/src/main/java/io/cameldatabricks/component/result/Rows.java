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

import java.util.Iterator;

/**
 * The rows of a result, read as they are asked for. Not thread-safe, but {@link #close} may be called from any thread.
 * Failures of the source are {@link ResultReadException}s.
 */
public interface Rows extends Iterator<Row>, AutoCloseable {

    /** The columns, also if there are no rows. */
    RowSchema schema();

    /**
     * The next row.
     *
     * @throws java.util.NoSuchElementException after the last one
     * @throws IllegalStateException if the rows were closed before their end
     */
    @Override
    Row next();

    /** Frees the result and what belongs to it. The first call counts; none throws. */
    @Override
    void close();
}
