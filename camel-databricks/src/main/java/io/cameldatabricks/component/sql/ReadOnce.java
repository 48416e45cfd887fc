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
package io.cameldatabricks.component.sql;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers what was begun to be read and cannot be read again: streams and iterators. Whoever gets one of them a second
 * time, as when a route sends a message again, would take what is left of it for all of it. Known by identity, and forgotten
 * with the last reference. Thread-safe.
 */
public final class ReadOnce {

    private static final Set<Key> BEGUN = ConcurrentHashMap.newKeySet();
    private static final ReferenceQueue<Object> GONE = new ReferenceQueue<>();

    private ReadOnce() {}

    /** @return false when it had been begun before */
    public static boolean begin(Object source) {
        for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
            BEGUN.remove(gone);
        }
        return BEGUN.add(new Key(source, GONE));
    }

    /** Whether somebody has begun to read it. */
    public static boolean isBegun(Object source) {
        return BEGUN.contains(new Key(source, null));
    }

    private static final class Key extends WeakReference<Object> {

        private final int hash;

        Key(Object source, ReferenceQueue<Object> queue) {
            super(source, queue);
            this.hash = System.identityHashCode(source);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Key key && key.get() != null && key.get() == get();
        }
    }
}
