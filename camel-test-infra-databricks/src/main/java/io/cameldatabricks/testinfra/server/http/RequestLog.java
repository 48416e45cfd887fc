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
package io.cameldatabricks.testinfra.server.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The last requests with their answers' status, for tests that count calls. Holds no headers, so no token.
 *
 * <p>Thread-safe.
 */
final class RequestLog {

    private static final int CAPACITY = 10_000;
    private static final int BODY_LIMIT = 64 << 10;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long numbers;

    /** One request. {@code status} is 0 while it has no answer. */
    static final class Entry {
        final long number;
        final String method;
        final String uri;
        String body = "";
        List<String> faults = List.of();
        int status;

        Entry(long number, String method, String uri) {
            this.number = number;
            this.method = method;
            this.uri = uri;
        }
    }

    synchronized long received(String method, String uri) {
        Entry entry = new Entry(++numbers, method, uri);
        entries.add(entry);
        if (entries.size() > CAPACITY) {
            entries.poll();
        }
        return entry.number;
    }

    synchronized void body(long number, String body) {
        Entry entry = entry(number);
        if (entry != null) {
            entry.body = body.length() > BODY_LIMIT ? body.substring(0, BODY_LIMIT) : body;
        }
    }

    /** @param faults ids of the faults that the request has met */
    synchronized void met(long number, List<String> faults) {
        Entry entry = entry(number);
        if (entry != null) {
            entry.faults = faults;
        }
    }

    synchronized void answered(long number, int status) {
        Entry entry = entry(number);
        if (entry != null) {
            entry.status = status;
        }
    }

    private Entry entry(long number) {
        for (var newestFirst = entries.descendingIterator(); newestFirst.hasNext(); ) {
            Entry entry = newestFirst.next();
            if (entry.number <= number) {
                return entry.number == number ? entry : null;
            }
        }
        return null;
    }

    /** @return copies, oldest first */
    synchronized List<Entry> since(long number) {
        List<Entry> found = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.number > number) {
                Entry copy = new Entry(entry.number, entry.method, entry.uri);
                copy.body = entry.body;
                copy.faults = entry.faults;
                copy.status = entry.status;
                found.add(copy);
            }
        }
        return found;
    }

    synchronized void clear() {
        entries.clear();
    }
}
