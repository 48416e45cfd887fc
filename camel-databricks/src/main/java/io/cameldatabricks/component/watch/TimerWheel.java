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

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A wheel of one level. Time is cut into ticks; the keys of a tick lie in one slot, together with those of ticks that are
 * whole turns of the wheel later. Planning and forgetting take constant time, and what is due at the same tick comes out
 * together, so that it can be asked for together.
 */
public final class TimerWheel<K> implements WatchTimer<K> {

    private final long tickMillis;
    private final List<Set<K>> slots;
    private final BitSet used;
    private final Map<K, Long> ticks = new HashMap<>();
    private long reached = Long.MIN_VALUE;

    /** Whether something was added at the tick that was reached already. */
    private boolean late;

    /**
     * @param tick how exact the wheel is, at least a millisecond
     * @param slots how many ticks a turn has; delays that are longer than a turn are looked at once every turn
     */
    public TimerWheel(Duration tick, int slots) {
        this.tickMillis = tick.toMillis();
        if (tickMillis < 1 || slots < 1) {
            throw new IllegalArgumentException("A wheel needs ticks of a millisecond or more, and slots");
        }
        this.slots = new ArrayList<>(slots);
        for (int i = 0; i < slots; i++) {
            this.slots.add(new LinkedHashSet<>());
        }
        this.used = new BitSet(slots);
    }

    /** Ticks of 10 ms and turns of 41 s. */
    public static <K> TimerWheel<K> standard() {
        return new TimerWheel<>(Duration.ofMillis(10), 4096);
    }

    @Override
    public void add(K key, Instant at) {
        remove(key);
        // the next whole tick: never early; and never one that has been passed
        long millis = at.toEpochMilli() + (at.getNano() % 1_000_000 == 0 ? 0 : 1);
        long tick = Math.max(Math.floorDiv(millis + tickMillis - 1, tickMillis), reached);
        ticks.put(key, tick);
        slots.get(slot(tick)).add(key);
        used.set(slot(tick));
        late |= tick == reached;
    }

    @Override
    public void remove(K key) {
        Long tick = ticks.remove(key);
        if (tick != null) {
            take(key, tick);
        }
    }

    private void take(K key, long tick) {
        Set<K> slot = slots.get(slot(tick));
        slot.remove(key);
        if (slot.isEmpty()) {
            used.clear(slot(tick));
        }
    }

    @Override
    public List<K> due(Instant now) {
        List<K> due = new ArrayList<>();
        long tick = Math.floorDiv(now.toEpochMilli(), tickMillis);
        // keys may have been added at the tick that was reached last, so it is looked at again
        long from = reached == Long.MIN_VALUE ? tick - slots.size() + 1 : Math.max(reached, tick - slots.size() + 1);
        for (long t = from; t <= tick; t++) {
            int slot = slot(t);
            if (used.get(slot)) {
                collect(slots.get(slot), tick, due);
                used.set(slot, !slots.get(slot).isEmpty());
            }
        }
        reached = Math.max(reached, tick);
        late = false;
        return due;
    }

    private void collect(Set<K> slot, long tick, List<K> due) {
        Iterator<K> keys = slot.iterator();
        while (keys.hasNext()) {
            K key = keys.next();
            if (ticks.get(key) <= tick) {
                keys.remove();
                ticks.remove(key);
                due.add(key);
            }
        }
    }

    @Override
    public void clear() {
        ticks.clear();
        slots.forEach(Set::clear);
        used.clear();
        reached = Long.MIN_VALUE;
        late = false;
    }

    @Override
    public Optional<Instant> next() {
        if (ticks.isEmpty()) {
            return Optional.empty();
        }
        if (reached == Long.MIN_VALUE) {
            long first =
                    ticks.values().stream().mapToLong(Long::longValue).min().orElseThrow();
            return Optional.of(Instant.ofEpochMilli(first * tickMillis));
        }
        int here = slot(reached);
        // without late ones, what lies in this slot is due after a whole turn
        int found = used.nextSetBit(late ? here : here + 1);
        if (found < 0) {
            found = used.nextSetBit(0) + slots.size();
        }
        return Optional.of(Instant.ofEpochMilli((reached + found - here) * tickMillis));
    }

    @Override
    public int size() {
        return ticks.size();
    }

    private int slot(long tick) {
        return (int) Math.floorMod(tick, (long) slots.size());
    }
}
