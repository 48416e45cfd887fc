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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.cameldatabricks.component.client.TagSearch;
import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.component.statement.StatementHandle;

/**
 * The intents whose turn to be looked for in the query history has not come. A search reads the whole history of its time,
 * whatever it looks for, so those whose times overlap are taken together: no part of the history is read twice for them.
 * Not thread-safe.
 */
final class WaitingLooks {

    /** The clocks of the server and of the node that wrote the intent may differ by so much. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    /** Nearly always they differ by less, and a submit is over sooner. */
    static final Duration USUAL_SKEW = Duration.ofMinutes(1);

    private final Deque<Look> waiting = new ArrayDeque<>();

    /**
     * One look for one intent.
     *
     * @param since when the intent was added, by our clock, whatever the clock of its node said
     * @param attempt from 1
     * @param wide reckons with clocks that are wrong by minutes
     */
    record Look(StatementHandle intent, Instant since, int attempt, boolean wide) {}

    /** Looks that are one search. */
    record Batch(TagSearch search, List<Look> looks) {}

    private record Window(Look look, Instant from, Instant to) {

        static Window of(Look look, Instant now) {
            Instant intendedAt = look.intent.origin().intendedAt();
            if (!look.wide) {
                return new Window(look, intendedAt.minus(USUAL_SKEW), intendedAt.plus(USUAL_SKEW.multipliedBy(2)));
            }
            Instant latest = now.isAfter(intendedAt) ? now : intendedAt;
            return new Window(look, intendedAt.minus(CLOCK_SKEW), latest.plus(CLOCK_SKEW));
        }
    }

    void add(Look look) {
        waiting.add(look);
    }

    void clear() {
        waiting.clear();
    }

    /**
     * Takes the look that has waited longest, and all that can be had with it.
     *
     * @param wanted tells which are not given up; the others are dropped
     */
    Optional<Batch> next(Instant now, Predicate<Look> wanted) {
        waiting.removeIf(wanted.negate());
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        Look first = waiting.peek();
        List<Window> together = overlapping(first, now);
        Set<Look> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        together.forEach(window -> taken.add(window.look));
        waiting.removeIf(taken::contains);
        return Optional.of(new Batch(
                new TagSearch(
                        first.intent.target().warehouse(),
                        QueryTags.HANDLE_KEY,
                        taken.stream().map(look -> look.intent.key()).collect(Collectors.toSet()),
                        together.get(0).from,
                        together.stream()
                                .map(Window::to)
                                .max(Comparator.naturalOrder())
                                .orElseThrow()),
                List.copyOf(taken)));
    }

    /** @return in the order of their beginnings, without a gap between them */
    private List<Window> overlapping(Look first, Instant now) {
        List<Window> run = new ArrayList<>();
        Instant end = Instant.MIN;
        boolean complete = false;
        for (Window window : sameHistory(first, now)) {
            if (window.from.isAfter(end)) {
                if (complete) {
                    break;
                }
                run.clear();
            }
            run.add(window);
            end = window.to.isAfter(end) ? window.to : end;
            complete |= window.look == first;
        }
        return run;
    }

    private List<Window> sameHistory(Look first, Instant now) {
        return waiting.stream()
                .filter(look -> look.wide == first.wide
                        && look.intent
                                .target()
                                .warehouse()
                                .equals(first.intent.target().warehouse()))
                .map(look -> Window.of(look, now))
                .sorted(Comparator.comparing(Window::from))
                .toList();
    }
}
