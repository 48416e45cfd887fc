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
import java.util.Collections;
import java.util.List;

/** The rows of a message that cannot be written. For one thread. */
final class BadRows {

    private final OnBadRow onBadRow;
    private final int limit;
    private final List<BadRow> rows = new ArrayList<>();

    BadRows(IngestSettings settings) {
        this.onBadRow = settings.onBadRow();
        this.limit = settings.maxBadRows();
    }

    /**
     * @param why without values
     * @throws BadRowException when the message fails for it
     */
    void add(long number, Object row, String why, Throwable cause) {
        if (onBadRow == OnBadRow.FAIL) {
            throw new BadRowException("Row " + number + " cannot be written: " + why, cause);
        }
        if (rows.size() == limit) {
            throw new BadRowException(
                    "More than " + limit + " rows cannot be written (maxBadRows); the last is row " + number + ": "
                            + why,
                    cause);
        }
        rows.add(new BadRow(number, why, onBadRow == OnBadRow.DEAD_LETTER ? row : null));
    }

    /** In the order in which they were found. */
    List<BadRow> rows() {
        return Collections.unmodifiableList(rows);
    }
}
