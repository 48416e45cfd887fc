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
package io.cameldatabricks.component.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The plainest timer that keeps the contract: a list that is searched. */
public final class ManualWatchTimer<K> implements WatchTimer<K> {

    private final Map<K, Instant> planned = new LinkedHashMap<>();

    @Override
    public void add(K key, Instant at) {
        planned.remove(key);
        planned.put(key, at);
    }

    @Override
    public void remove(K key) {
        planned.remove(key);
    }

    @Override
    public List<K> due(Instant now) {
        List<K> due = new ArrayList<>();
        planned.forEach((key, at) -> {
            if (!at.isAfter(now)) {
                due.add(key);
            }
        });
        due.forEach(planned::remove);
        return due;
    }

    @Override
    public void clear() {
        planned.clear();
    }

    @Override
    public Optional<Instant> next() {
        return planned.values().stream().min(Instant::compareTo);
    }

    @Override
    public int size() {
        return planned.size();
    }
}
