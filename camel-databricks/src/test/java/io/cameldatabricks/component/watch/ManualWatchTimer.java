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
    public Optional<Instant> next() {
        return planned.values().stream().min(Instant::compareTo);
    }

    @Override
    public int size() {
        return planned.size();
    }
}
