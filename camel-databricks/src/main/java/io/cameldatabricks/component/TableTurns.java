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
package io.cameldatabricks.component;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets messages that write into one table wait for each other, in the order in which they came. Waiting holds no thread.
 * Safe for many threads.
 */
final class TableTurns {

    /** Who waits, by table; a table that is being written has an entry. */
    private final Map<String, Deque<Runnable>> waiting = new HashMap<>();

    /**
     * @param turn is run at once when nobody writes into the table, else by whoever ends the turn before; it must lead to
     *     exactly one {@link #end}, and must not throw
     */
    void take(String table, Runnable turn) {
        synchronized (waiting) {
            Deque<Runnable> others = waiting.get(table);
            if (others != null) {
                others.add(turn);
                return;
            }
            waiting.put(table, new ArrayDeque<>());
        }
        turn.run();
    }

    /** The turn is over; the next one is run by this call. */
    void end(String table) {
        Runnable next;
        synchronized (waiting) {
            next = waiting.get(table).poll();
            if (next == null) {
                waiting.remove(table);
            }
        }
        if (next != null) {
            next.run();
        }
    }

    /** How many tables are being written. */
    int size() {
        synchronized (waiting) {
            return waiting.size();
        }
    }
}
