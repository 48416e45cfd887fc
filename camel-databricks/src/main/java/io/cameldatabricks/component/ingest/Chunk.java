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

import java.util.List;

/**
 * Rows of one statement, in their order. Immutable.
 *
 * @param rows at least one
 */
record Chunk(List<BoundRow> rows) {

    Chunk {
        rows = List.copyOf(rows);
    }

    long first() {
        return rows.get(0).number();
    }

    long last() {
        return rows.get(rows.size() - 1).number();
    }

    int size() {
        return rows.size();
    }

    Chunk firstHalf() {
        return new Chunk(rows.subList(0, rows.size() / 2));
    }

    Chunk secondHalf() {
        return new Chunk(rows.subList(rows.size() / 2, rows.size()));
    }

    /** In the words of a failure. */
    String describe() {
        return first() == last() ? "row " + first() : "rows " + first() + " to " + last();
    }
}
