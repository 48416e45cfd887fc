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

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts the rows of a message into chunks of one statement each: as many rows as the markers, the bytes, the batch size and
 * the types of the columns allow. Holds the rows of one chunk and one more. For one thread.
 */
final class Chunker {

    private final Iterator<?> rows;
    private final IngestSettings settings;
    private final BadRows bad;
    private final RowBinder binder;
    private final boolean uniqueInMessage;

    /** Number of the row that has a key, since the chunk began or for the whole message. */
    private final Map<Object, Long> keys = new HashMap<>();

    private CommonTypes types;
    private BoundRow waiting;
    private long number;

    /** @param keepKeys whether there is room for the keys of all rows, as the rows themselves are in memory */
    Chunker(Iterator<?> rows, IngestSettings settings, BadRows bad, boolean keepKeys) {
        this.rows = rows;
        this.settings = settings;
        this.bad = bad;
        this.binder = new RowBinder(settings);
        this.uniqueInMessage = keepKeys && !lastWins();
    }

    RowLayout layout() {
        return binder.layout();
    }

    /** How many rows were read. */
    long read() {
        return number;
    }

    /**
     * @return null when there is none
     * @throws BadRowException when the message fails for a row
     */
    Chunk next() {
        // by number, so that a row that replaces another one can be found and taken out
        Map<Long, BoundRow> chunk = new LinkedHashMap<>();
        int markers = 0;
        long bytes = 0;
        if (!uniqueInMessage) {
            keys.clear();
        }
        while (chunk.size() < settings.batchSize()) {
            BoundRow row = take();
            if (row == null) {
                break;
            }
            if (types == null) {
                types = new CommonTypes(binder.layout().size());
            }
            if (chunk.isEmpty()) {
                types.clear();
            }
            BoundRow earlier = lastWins() && row.key() != null ? chunk.get(keys.get(row.key())) : null;
            boolean full = !chunk.isEmpty()
                    && (earlier != null && needsServer(earlier, row)
                            || markers + row.markers() > IngestSettings.MAX_MARKERS
                            || bytes + row.bytes() > IngestSettings.MAX_ROW_BYTES
                            || !types.fit(row.types()));
            if (full) {
                waiting = row;
                break;
            }
            if (earlier != null && !isYounger(row, earlier)) {
                continue;
            }
            Long before = row.key() == null ? null : keys.put(row.key(), row.number());
            if (before != null && !lastWins()) {
                keys.put(row.key(), before);
                bad.add(row.number(), row.source(), "it has the same mergeKeys as row " + before, null);
                continue;
            }
            BoundRow replaced = before == null ? null : chunk.remove(before);
            if (replaced != null) {
                markers -= replaced.markers();
                bytes -= replaced.bytes();
            }
            chunk.put(row.number(), row);
            types.add(row.types());
            markers += row.markers();
            bytes += row.bytes();
        }
        return chunk.isEmpty() ? null : new Chunk(List.copyOf(chunk.values()));
    }

    /** Whether the two have to be merged one after the other, for what the second changes depends on the first. */
    private boolean needsServer(BoundRow earlier, BoundRow later) {
        return settings.merge().updated() != null
                || later.version() != null
                        && later.version().compareTo(earlier.version()).isEmpty();
    }

    /** As in the table: a row that is not younger changes nothing. */
    private static boolean isYounger(BoundRow later, BoundRow earlier) {
        return later.version() == null
                || later.version().compareTo(earlier.version()).orElse(1) > 0;
    }

    private boolean lastWins() {
        return settings.merge() != null && settings.merge().onDuplicateKey() == OnDuplicateKey.LAST_WINS;
    }

    private BoundRow take() {
        if (waiting != null) {
            BoundRow row = waiting;
            waiting = null;
            return row;
        }
        while (rows.hasNext()) {
            Object row = rows.next();
            number++;
            try {
                return binder.bind(number, row);
            } catch (BadRowException e) {
                bad.add(number, row, e.getMessage(), e.getCause());
            }
        }
        return null;
    }

    /**
     * Reads all rows without making chunks.
     *
     * @throws BadRowException at the first that cannot be written
     */
    void checkAll() {
        while (rows.hasNext()) {
            Object row = rows.next();
            number++;
            try {
                Object key = binder.check(number, row);
                Long before = key == null || !uniqueInMessage ? null : keys.putIfAbsent(key, number);
                if (before != null) {
                    throw new BadRowException("it has the same mergeKeys as row " + before);
                }
            } catch (BadRowException e) {
                bad.add(number, row, e.getMessage(), e.getCause());
            }
        }
    }
}
