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
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.client.FoundStatement;
import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.client.TagSearch;
import io.cameldatabricks.component.retry.Backoff;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.component.statement.StatementHandle;

/**
 * Finds out what became of submits without an answer: looks for the handle's key among the tags of the query history until
 * it is found, or until it should have been there for long. Nothing is ever submitted here. A search that fails proves
 * nothing, so an intent is given up only after a search that worked and found nothing.
 *
 * <p>A search reads the whole history of its time, so a crash that leaves many intents behind could keep node and workspace
 * busy with nothing else. Therefore few searches run at once, and only every fourth for an intent, and the last one before it
 * is given up, reckons with clocks that are wrong by minutes. Thread-safe.
 */
public final class IntentReconciler implements AutoCloseable {

    /** The clocks of the server and of the node that wrote the intent may differ by so much. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    /** Nearly always they differ by less, and a submit is over sooner. */
    static final Duration USUAL_SKEW = Duration.ofMinutes(1);

    static final int SEARCHES_AT_ONCE = 4;

    private static final int WIDE_EVERY = 4;

    private static final Logger LOG = LoggerFactory.getLogger(IntentReconciler.class);
    private static final Backoff PAUSES =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 2, 0.2, Duration.ZERO);

    private final StatementClient client;
    private final WatchRules rules;
    private final WatchListener listener;
    private final InstantSource clock;
    private final Delayer delayer;
    private final RandomGenerator random;

    // guarded by this
    private final Map<String, Search> searches = new HashMap<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * One intent while it is looked for.
     *
     * @param since when it was added, by our clock, whatever the clock of its node said
     */
    private record Search(StatementHandle intent, Instant since) {}

    /**
     * @param client can find by tag
     */
    public IntentReconciler(
            StatementClient client,
            WatchRules rules,
            WatchListener listener,
            InstantSource clock,
            Delayer delayer,
            RandomGenerator random) {
        if (!client.capabilities().findByTag()) {
            throw new IllegalArgumentException("Statements cannot be found by their tags over this transport");
        }
        this.client = client;
        this.rules = Objects.requireNonNull(rules, "rules");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.delayer = Objects.requireNonNull(delayer, "delayer");
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * Looks for the statement of an intent, which nobody may be submitting any more.
     *
     * @param intent INTENDED
     * @param age how long ago at least it was added. Not told from its own time, which is by the clock of the node that
     *     wrote it
     * @return false when it is looked for already
     */
    public boolean reconcile(StatementHandle intent, Duration age) {
        if (intent.state() != HandleState.INTENDED) {
            throw new IllegalArgumentException("A handle in state " + intent.state() + " is no intent");
        }
        Search search = new Search(intent, clock.instant().minus(age.isNegative() ? Duration.ZERO : age));
        synchronized (this) {
            if (searches.putIfAbsent(intent.key(), search) != null) {
                return false;
            }
        }
        lookInTurn(search, 1);
        return true;
    }

    /** Stops looking for an intent. */
    public synchronized void forget(String key) {
        searches.remove(key);
    }

    /** How many intents are looked for. */
    public synchronized int size() {
        return searches.size();
    }

    @Override
    public synchronized void close() {
        searches.clear();
        waiting.clear();
    }

    private synchronized boolean wanted(Search search) {
        return searches.get(search.intent.key()) == search;
    }

    private void lookInTurn(Search search, int attempt) {
        synchronized (this) {
            if (underWay >= SEARCHES_AT_ONCE) {
                waiting.add(() -> look(search, attempt));
                return;
            }
            underWay++;
        }
        look(search, attempt);
    }

    /** A search has ended, so the next one can begin. */
    private void next() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                underWay--;
                return;
            }
        }
        delayer.after(Duration.ZERO, next);
    }

    private TagSearch wanted(StatementHandle intent, Instant now, boolean wide) {
        Instant intendedAt = intent.origin().intendedAt();
        Instant latest = now.isAfter(intendedAt) ? now : intendedAt;
        return new TagSearch(
                intent.target().warehouse(),
                QueryTags.HANDLE_KEY,
                intent.key(),
                intendedAt.minus(wide ? CLOCK_SKEW : USUAL_SKEW),
                wide ? latest.plus(CLOCK_SKEW) : intendedAt.plus(USUAL_SKEW.multipliedBy(2)));
    }

    private void look(Search search, int attempt) {
        if (!wanted(search)) {
            next();
            return;
        }
        look(search, attempt, attempt % WIDE_EVERY == 0);
    }

    private void look(Search search, int attempt, boolean wide) {
        StatementHandle intent = search.intent;
        Instant begin = clock.instant();
        boolean settled = !begin.isBefore(search.since().plus(rules.of(intent).settleTime()));
        CompletionStage<Optional<FoundStatement>> found;
        try {
            found = client.find(wanted(intent, begin, wide));
        } catch (RuntimeException e) {
            found = CompletableFuture.failedFuture(e);
        }
        found.whenComplete((answer, failure) -> {
            if (failure == null && answer.isEmpty() && settled && !wide) {
                look(search, attempt, true);
                return;
            }
            next();
            if (failure != null) {
                LOG.debug("The query history cannot be searched", failure);
                listenerTroubled(intent, failure);
                again(search, attempt);
            } else if (answer.isPresent()) {
                FoundStatement statement = answer.get();
                StatementHandle adopted = intent.withAdopted(statement.status().id(), statement.startedAt());
                delayer.after(Duration.ZERO, () -> tell(search, adopted, 1));
            } else if (!settled) {
                again(search, attempt);
            } else {
                delayer.after(Duration.ZERO, () -> tell(search, intent.withAbandoned(clock.instant()), 1));
            }
        });
    }

    private void again(Search search, int attempt) {
        delayer.after(pause(attempt), () -> lookInTurn(search, attempt + 1));
    }

    private Duration pause(int attempt) {
        return PAUSES.delay(attempt, Optional.empty(), random).orElseThrow();
    }

    private void tell(Search search, StatementHandle next, int attempt) {
        if (!wanted(search)) {
            return;
        }
        try {
            if (next.state() == HandleState.LOST) {
                listener.lost(search.intent, next);
            } else {
                listener.adopted(search.intent, next);
            }
        } catch (RuntimeException e) {
            Duration wait = pause(attempt);
            LOG.warn("What became of handle {} could not be passed on; trying again in {}", next.key(), wait, e);
            delayer.after(wait, () -> tell(search, next, attempt + 1));
            return;
        }
        synchronized (this) {
            searches.remove(next.key(), search);
        }
    }

    private void listenerTroubled(StatementHandle intent, Throwable failure) {
        try {
            listener.troubled(intent, failure);
        } catch (RuntimeException e) {
            LOG.warn("A listener failed", e);
        }
    }
}
