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
package io.cameldatabricks.component.pool;

import java.sql.Connection;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Numbers connections in the order in which their opening began, and remembers up to which of them the server may have
 * forgotten the sessions. A server that forgets one session has mostly forgotten all: it was started again, or its address
 * leads somewhere else now. Asking each connection would cost a failed statement each; opening those anew that are older
 * than the discovery costs three small requests each, and only when they are wanted again. Safe for many threads.
 */
final class SessionAges {

    private final Map<Connection, Long> numbers = new WeakHashMap<>();
    private long last;
    private long suspectUpTo;

    /** The number of a connection whose opening begins now. */
    synchronized long next() {
        return ++last;
    }

    /** The connection is open. */
    synchronized void opened(Connection physical, long number) {
        numbers.put(physical, number);
    }

    /**
     * The server does not know the session of this connection. All whose opening began before now become suspect, unless
     * this one was suspect already: then that was discovered before.
     */
    synchronized void lost(Connection physical) {
        if (!isSuspect(physical)) {
            suspectUpTo = last;
        }
    }

    /** Whether the server may have forgotten the session of this connection. */
    synchronized boolean isSuspect(Connection physical) {
        Long number = numbers.get(physical);
        return number != null && number <= suspectUpTo;
    }
}
