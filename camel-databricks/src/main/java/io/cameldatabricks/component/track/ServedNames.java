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
package io.cameldatabricks.component.track;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.watch.WatchRules;
import io.cameldatabricks.component.watch.WatchSettings;

/**
 * The names whose handles a tracker looks after: who wants to hear of them, and how their statements are watched. Who consumes
 * a name says how; until somebody does, the first who submits under it. Thread-safe.
 */
final class ServedNames implements WatchRules {

    private static final Logger LOG = LoggerFactory.getLogger(ServedNames.class);

    private final Map<String, Name> names = new ConcurrentHashMap<>();

    /** One name. */
    private static final class Name {
        private final List<Runnable> servers = new CopyOnWriteArrayList<>();
        private volatile WatchSettings settings;
        private volatile boolean everServed;

        private Name(WatchSettings settings) {
            this.settings = settings;
        }
    }

    /** @return whether the name is new */
    boolean add(String name, WatchSettings settings) {
        return names.putIfAbsent(name, new Name(settings)) == null;
    }

    /**
     * @param settings win over those of whoever submits
     * @param wakeUp called whenever handles of the name may have become free
     * @throws IllegalArgumentException when the name is served already with other settings
     */
    HandleTracker.Registration serve(String name, WatchSettings settings, Runnable wakeUp) {
        Name served = names.computeIfAbsent(name, missing -> new Name(settings));
        synchronized (served) {
            if (!served.servers.isEmpty() && !served.settings.equals(settings)) {
                throw new IllegalArgumentException(
                        "The results of " + name + " are delivered to another consumer already,"
                                + " which watches with other options: give both the same pollRatio, minPollInterval,"
                                + " maxPollInterval, bulkStatus and settleTime.");
            }
            served.settings = settings;
            served.everServed = true;
            served.servers.add(wakeUp);
        }
        return () -> served.servers.remove(wakeUp);
    }

    Set<String> all() {
        return names.keySet();
    }

    boolean contains(String name) {
        return names.containsKey(name);
    }

    /** Whether somebody wants to hear of the name now. */
    boolean isServed(String name) {
        Name known = names.get(name);
        return known != null && !known.servers.isEmpty();
    }

    /** Whether somebody ever wanted to hear of the name. */
    boolean wasServed(String name) {
        Name known = names.get(name);
        return known != null && known.everServed;
    }

    /** Handles of the name may have become free. */
    void tell(String name) {
        Name known = names.get(name);
        for (Runnable server : known == null ? List.<Runnable>of() : known.servers) {
            try {
                server.run();
            } catch (RuntimeException e) {
                LOG.warn("A consumer of {} could not be woken up", name, e);
            }
        }
    }

    void tellAll() {
        names.keySet().forEach(this::tell);
    }

    @Override
    public WatchSettings of(StatementHandle handle) {
        Name known = names.get(handle.name());
        return known == null ? WatchSettings.standard() : known.settings;
    }
}
