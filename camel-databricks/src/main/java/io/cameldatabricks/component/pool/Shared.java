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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Resources that several users share by key: made for the first user, closed when the last one has let go, or all at
 * once. Safe for many threads.
 *
 * @param <K> what makes two users share
 * @param <V> what they share
 */
public final class Shared<K, V extends Shared.Resource> implements AutoCloseable {

    /** Something that is closed without fuss. */
    public interface Resource extends AutoCloseable {
        @Override
        void close();
    }

    private final Function<K, V> factory;
    private final Map<K, Entry<V>> entries = new HashMap<>();

    public Shared(Function<K, V> factory) {
        this.factory = Objects.requireNonNull(factory);
    }

    /** The resource of the key; every call must be matched by one {@link #release}. */
    public synchronized V acquire(K key) {
        Entry<V> entry = entries.computeIfAbsent(key, missing -> new Entry<>(factory.apply(missing)));
        entry.users++;
        return entry.resource;
    }

    /** Lets go of the resource of the key; a key that is not held is ignored, since all may have been closed before. */
    public void release(K key) {
        V last = null;
        synchronized (this) {
            Entry<V> entry = entries.get(key);
            if (entry != null && --entry.users == 0) {
                entries.remove(key);
                last = entry.resource;
            }
        }
        if (last != null) {
            last.close();
        }
    }

    /** How many resources are open. */
    public synchronized int size() {
        return entries.size();
    }

    /** What is open now. */
    public synchronized List<V> all() {
        List<V> all = new ArrayList<>();
        entries.values().forEach(entry -> all.add(entry.resource));
        return all;
    }

    /** Closes all, whoever still uses them. */
    @Override
    public void close() {
        Map<K, Entry<V>> all;
        synchronized (this) {
            all = new HashMap<>(entries);
            entries.clear();
        }
        all.values().forEach(entry -> entry.resource.close());
    }

    private static final class Entry<V> {
        private final V resource;
        private int users;

        private Entry(V resource) {
            this.resource = resource;
        }
    }
}
