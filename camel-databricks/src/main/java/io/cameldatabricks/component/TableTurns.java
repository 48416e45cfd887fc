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
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.ingest.TableName;

/**
 * Lets messages that write into one table wait for each other, in the order in which they came. Waiting holds no thread.
 * Safe for many threads.
 */
final class TableTurns {

    /** Who waits, by table; a table that is being written has an entry. */
    private final Map<String, Deque<Turn>> waiting = new HashMap<>();

    private record Turn(Object owner, Runnable begin, Runnable abandon) {}

    /**
     * Does the work at once when nobody writes into the table, else on the thread of whoever ends the turn before.
     *
     * @param owner whose waiting messages can be {@linkplain #withdraw withdrawn}
     * @param callback ends the exchange, after the turn
     * @param work leads to exactly one call of the callback that it gets, and must not throw
     */
    void take(TableName table, Object owner, Exchange exchange, AsyncCallback callback, Consumer<AsyncCallback> work) {
        String key = table.toString().toLowerCase(Locale.ROOT);
        Turn turn = new Turn(
                owner,
                () -> work.accept(doneSync -> {
                    end(key);
                    callback.done(doneSync);
                }),
                () -> {
                    ExchangeWriter.writeFailure(
                            exchange,
                            new TransientDatabricksException(
                                    "The endpoint was stopped before it was the turn of the message (serialWrites)",
                                    ErrorDetails.none(),
                                    null));
                    callback.done(false);
                });
        synchronized (waiting) {
            Deque<Turn> others = waiting.get(key);
            if (others != null) {
                others.add(turn);
                return;
            }
            waiting.put(key, new ArrayDeque<>());
        }
        turn.begin.run();
    }

    /** The turn is over; the next one is begun by this call. */
    private void end(String table) {
        Turn next;
        synchronized (waiting) {
            next = waiting.get(table).poll();
            if (next == null) {
                waiting.remove(table);
            }
        }
        if (next != null) {
            next.begin.run();
        }
    }

    /**
     * Ends the messages of an owner that still wait. One after the other: if each of them failed in its turn, and gave the
     * turn to the next by that, many would not find room on the stack.
     */
    void withdraw(Object owner) {
        List<Turn> withdrawn = new ArrayList<>();
        synchronized (waiting) {
            for (Deque<Turn> turns : waiting.values()) {
                turns.stream().filter(turn -> turn.owner == owner).forEach(withdrawn::add);
                turns.removeIf(turn -> turn.owner == owner);
            }
        }
        withdrawn.forEach(turn -> turn.abandon.run());
    }

    /** How many tables are being written. */
    int size() {
        synchronized (waiting) {
            return waiting.size();
        }
    }
}
