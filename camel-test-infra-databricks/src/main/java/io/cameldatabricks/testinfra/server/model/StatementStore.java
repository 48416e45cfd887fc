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
package io.cameldatabricks.testinfra.server.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All statements, the living ones and those that only the query history still knows. Beyond {@value #CAPACITY} the oldest
 * ended ones are forgotten, so that a benchmark of millions of statements does not fill the memory.
 *
 * <p>Thread-safe.
 */
public final class StatementStore {

    static final int CAPACITY = 20_000;
    private static final Duration HISTORY_LIFE = Duration.ofDays(30);

    private final Map<String, ServerStatement> byId = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, ServerStatement> byAge = new ConcurrentSkipListMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private final ServerClock clock;

    public StatementStore(ServerClock clock) {
        this.clock = clock;
    }

    /** Ids look like those of the service: time-ordered, 36 characters. */
    public static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat digits = HexFormat.of();
        String hex = digits.toHexDigits(random.nextLong()) + digits.toHexDigits(random.nextLong());
        return "01f0" + hex.substring(0, 4) + "-" + hex.substring(4, 8) + "-1" + hex.substring(8, 11) + "-"
                + hex.substring(11, 15) + "-" + hex.substring(15, 27);
    }

    public void add(ServerStatement statement) {
        byId.put(statement.id(), statement);
        byAge.put(sequence.getAndIncrement(), statement);
        if (byId.size() > CAPACITY) {
            forgetOldest();
        }
    }

    /** @return the statement as a client may see it, after time has done its work on it */
    public Optional<ServerStatement> find(String id) {
        ServerStatement statement = byId.get(id);
        if (statement == null) {
            return Optional.empty();
        }
        statement.age(clock.instant());
        return statement.purged() ? Optional.empty() : Optional.of(statement);
    }

    /** @return all that the history knows, newest first, aged */
    public List<ServerStatement> newestFirst() {
        Instant now = clock.instant();
        List<ServerStatement> all = new ArrayList<>(byAge.descendingMap().values());
        all.removeIf(statement -> statement.created().isBefore(now.minus(HISTORY_LIFE)));
        all.forEach(statement -> statement.age(now));
        return all;
    }

    /** @return those known to the history with this id, also when they are gone for the Statement Execution API */
    public Optional<ServerStatement> findInHistory(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    private synchronized void forgetOldest() {
        Iterator<ServerStatement> oldest = byAge.values().iterator();
        while (byId.size() > CAPACITY && oldest.hasNext()) {
            ServerStatement statement = oldest.next();
            if (statement.snapshot().state().terminal()) {
                statement.close();
                byId.remove(statement.id());
                oldest.remove();
            }
        }
    }
}
