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
import io.cameldatabricks.component.retry.Backoff;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.watch.WaitingLooks.Batch;
import io.cameldatabricks.component.watch.WaitingLooks.Look;

/**
 * Finds out what became of submits without an answer: looks for the handle's key among the tags of the query history until
 * it is found, or until it should have been there for long. Nothing is ever submitted here. A search that fails proves
 * nothing, so an intent is given up only after a search that worked and found nothing.
 *
 * <p>A search reads the whole history of its time, so a crash that leaves many intents behind could keep node and workspace
 * busy with nothing else. Therefore few searches run at once, those that wait are searched for together, and only every
 * fourth look for an intent, and the last one before it is given up, reckons with clocks that are wrong by minutes.
 * Thread-safe.
 */
public final class IntentReconciler implements AutoCloseable {

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
    private final Map<String, StatementHandle> intents = new HashMap<>();
    private final WaitingLooks waiting = new WaitingLooks();
    private int underWay;

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
        Instant since = clock.instant().minus(age.isNegative() ? Duration.ZERO : age);
        synchronized (this) {
            if (intents.putIfAbsent(intent.key(), intent) != null) {
                return false;
            }
        }
        lookInTurn(new Look(intent, since, 1, false));
        return true;
    }

    /** Stops looking for an intent. */
    public synchronized void forget(String key) {
        intents.remove(key);
    }

    /** How many intents are looked for. */
    public synchronized int size() {
        return intents.size();
    }

    @Override
    public synchronized void close() {
        intents.clear();
        waiting.clear();
    }

    private synchronized boolean wanted(StatementHandle intent) {
        return intents.get(intent.key()) == intent;
    }

    private void lookInTurn(Look look) {
        synchronized (this) {
            waiting.add(look);
            if (underWay >= SEARCHES_AT_ONCE) {
                return;
            }
            underWay++;
        }
        search();
    }

    /** Searches for what waits; the place of a search is taken. */
    private void search() {
        Instant begin = clock.instant();
        Optional<Batch> next;
        synchronized (this) {
            next = waiting.next(begin, look -> wanted(look.intent()));
            if (next.isEmpty()) {
                underWay--;
                return;
            }
        }
        Batch batch = next.get();
        CompletionStage<Map<String, FoundStatement>> found;
        try {
            found = client.find(batch.search());
        } catch (Throwable e) { // an error too must not keep the place of a search
            found = CompletableFuture.failedFuture(e);
        }
        found.whenComplete((answer, failure) -> {
            try {
                if (failure == null) {
                    batch.looks().forEach(look -> concludeSafely(look, answer, begin));
                } else {
                    LOG.debug("The query history cannot be searched", failure);
                    batch.looks().forEach(look -> {
                        listenerTroubled(look.intent(), failure);
                        again(look);
                    });
                }
            } finally {
                delayer.after(Duration.ZERO, this::search);
            }
        });
    }

    /** One that goes wrong must not take the others of its search with it. */
    private void concludeSafely(Look look, Map<String, FoundStatement> found, Instant begin) {
        try {
            conclude(look, found.get(look.intent().key()), begin);
        } catch (RuntimeException e) {
            LOG.warn(
                    "What was found of handle {} cannot be used; it is looked for again",
                    look.intent().key(),
                    e);
            again(look);
        }
    }

    /**
     * @param statement null when a search that worked did not find it
     * @param begin of the search
     */
    private void conclude(Look look, FoundStatement statement, Instant begin) {
        StatementHandle intent = look.intent();
        boolean settled = !begin.isBefore(look.since().plus(rules.of(intent).settleTime()));
        if (statement != null) {
            StatementHandle adopted = intent.withAdopted(statement.status().id(), statement.startedAt());
            delayer.after(Duration.ZERO, () -> tell(intent, adopted, 1));
        } else if (!settled) {
            again(look);
        } else if (!look.wide()) {
            lookInTurn(new Look(intent, look.since(), look.attempt(), true));
        } else {
            delayer.after(Duration.ZERO, () -> tell(intent, intent.withAbandoned(clock.instant()), 1));
        }
    }

    private void again(Look look) {
        int attempt = look.attempt() + 1;
        Look next = new Look(look.intent(), look.since(), attempt, attempt % WIDE_EVERY == 0);
        delayer.after(pause(look.attempt()), () -> lookInTurn(next));
    }

    private Duration pause(int attempt) {
        return PAUSES.delay(attempt, Optional.empty(), random).orElseThrow();
    }

    private void tell(StatementHandle intent, StatementHandle next, int attempt) {
        if (!wanted(intent)) {
            return;
        }
        try {
            if (next.state() == HandleState.LOST) {
                listener.lost(intent, next);
            } else {
                listener.adopted(intent, next);
            }
        } catch (Throwable e) { // after an error too nobody else would ever tell it
            Duration wait = pause(attempt);
            LOG.warn("What became of handle {} could not be passed on; trying again in {}", next.key(), wait, e);
            delayer.after(wait, () -> tell(intent, next, attempt + 1));
            return;
        }
        synchronized (this) {
            intents.remove(next.key(), intent);
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
