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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.LossReason;
import io.cameldatabricks.component.statement.StatementDeadlines;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementStatus;

/**
 * Watches the handles of one workspace until they end. One timer for all of them; no thread belongs to a handle.
 *
 * <ol>
 *   <li>A handle is looked at after an interval that grows with its age ({@link PollInterval}), and asked for by itself
 *       at least every {@link WatchSettings#keepAliveEvery()}, because only that keeps the statement alive.
 *   <li>What is due in the same moment is asked for together ({@link StatusRound}); when many are watched, checks of older
 *       statements are moved to common moments, never later.
 *   <li>A check that fails only puts the next one off. A handle ends with a terminal state, or when the server says twice
 *       in a row that it does not know the statement.
 *   <li>The end is told to the {@link WatchListener}; as long as that fails the handle stays here.
 * </ol>
 *
 * Thread-safe.
 */
public final class StatementWatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatementWatcher.class);

    /** A clock that is put right now and then goes back by less; it then seems to stand still. */
    private static final Duration SMALL_STEP_BACK = Duration.ofSeconds(1);

    private final WatchRules rules;
    private final WatchListener listener;
    private final InstantSource clock;
    private final Delayer rounds;
    private final Delayer delayer;
    private final StatusRound round;

    // all guarded by this
    private final Map<String, Watched> watched = new HashMap<>();
    private final WatchPlan plan;
    private Instant wakeUpAt;
    private Instant latest = Instant.MIN;
    private boolean closed;

    /**
     * @param timer of this watcher alone
     * @param rounds looks at what is due; its threads must never wait for anything, since statements are dropped that
     *     nobody asks for
     * @param delayer its threads are those on which the listener is called, which may block
     * @param random thread-safe
     */
    public StatementWatcher(
            StatementClient client,
            WatchRules rules,
            WatchListener listener,
            WatchTimer<String> timer,
            InstantSource clock,
            Delayer rounds,
            Delayer delayer,
            RandomGenerator random) {
        this.rounds = Objects.requireNonNull(rounds, "rounds");
        this.rules = Objects.requireNonNull(rules, "rules");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.delayer = Objects.requireNonNull(delayer, "delayer");
        this.plan =
                new WatchPlan(rules, Objects.requireNonNull(timer, "timer"), Objects.requireNonNull(random, "random"));
        this.round = new StatusRound(client, clock, new Answers());
    }

    /**
     * Watches a handle from now on.
     *
     * @param handle SUBMITTED
     * @return false when it is watched already, or this is closed
     */
    public boolean watch(StatementHandle handle) {
        if (handle.state() != HandleState.SUBMITTED) {
            throw new IllegalArgumentException("A handle in state " + handle.state() + " cannot be watched");
        }
        synchronized (this) {
            Instant now = now();
            Watched added = new Watched(handle, now);
            if (closed || watched.putIfAbsent(handle.key(), added) != null) {
                return false;
            }
            plan.begin(added, now);
            planWakeUp(now);
        }
        return true;
    }

    /** Stops watching a handle. An answer that is under way changes nothing any more. @return false if it was not watched */
    public synchronized boolean forget(String key) {
        Watched gone = watched.remove(key);
        if (gone == null) {
            return false;
        }
        gone.forgotten = true;
        plan.remove(gone);
        return true;
    }

    /** Looks at a handle now, for example after it was cancelled. Without effect while it is being looked at. */
    public synchronized void hurry(String key) {
        Watched hurried = watched.get(key);
        if (hurried != null) {
            Instant now = now();
            plan.hurry(hurried, now);
            planWakeUp(now);
        }
    }

    /** How many handles are watched. */
    public synchronized int size() {
        return watched.size();
    }

    /** Stops watching. Statements are left alone. */
    @Override
    public synchronized void close() {
        closed = true;
        watched.values().forEach(each -> each.forgotten = true);
        watched.clear();
    }

    /** Time never goes back here. Where the clock was set back, all plans are made anew. */
    private Instant now() {
        Instant now = clock.instant();
        if (!now.isBefore(latest)) {
            latest = now;
            return now;
        }
        Duration back = Duration.between(now, latest);
        if (back.compareTo(SMALL_STEP_BACK) <= 0) {
            return latest;
        }
        LOG.warn("The clock was set back by {}; what is watched is asked for soon", back);
        latest = now;
        wakeUpAt = null;
        plan.restart(watched.values(), back, now);
        planWakeUp(now);
        return now;
    }

    private void planNext(Watched each) {
        Instant now = now();
        plan.next(each, now, areMany(each) && round.canGroup());
        planWakeUp(now);
    }

    private boolean areMany(Watched each) {
        int bulkFrom = rules.of(each.handle).bulkFrom();
        return bulkFrom > 0 && watched.size() >= bulkFrom;
    }

    private void planWakeUp(Instant now) {
        Optional<Instant> next = plan.firstDue();
        if (next.isPresent() && (wakeUpAt == null || next.get().isBefore(wakeUpAt))) {
            Instant at = next.get();
            wakeUpAt = at;
            rounds.after(Duration.between(now, at), () -> wakeUp(at));
        }
    }

    private void wakeUp(Instant at) {
        List<Watched> alone = new ArrayList<>();
        List<Watched> any = new ArrayList<>();
        synchronized (this) {
            if (closed || !at.equals(wakeUpAt)) {
                // an earlier one was planned in the meantime, and has taken its place
                return;
            }
            wakeUpAt = null;
            Instant now = now();
            for (String key : plan.due(now)) {
                Watched due = watched.get(key);
                due.planned = false;
                boolean together = areMany(due) && !plan.wantsToBeKept(due, now) && !due.gone;
                (together ? any : alone).add(due);
            }
            planWakeUp(now);
        }
        round.check(alone, any);
    }

    private final class Answers implements StatusRound.Answers {

        @Override
        public void read(Watched each, Optional<StatementStatus> answer) {
            StatementHandle next;
            synchronized (StatementWatcher.this) {
                if (each.forgotten) {
                    return;
                }
                each.failures = 0;
                Instant now = now();
                each.readAt = now;
                boolean goneBefore = each.gone;
                each.gone = answer.isEmpty();
                if (answer.isPresent() && !answer.get().isTerminal()) {
                    each.seenRunningAt = answer.get().observedAt();
                    planNext(each);
                    return;
                }
                if (answer.isEmpty() && !goneBefore) {
                    // a handle is too dear to be given up for one answer
                    plan.confirm(each, now);
                    planWakeUp(now);
                    return;
                }
                next = answer.map(end -> each.handle.withObserved(end, each.seenRunningAt))
                        .orElseGet(() -> each.handle.withGone(reason(each, now), now));
            }
            delayer.after(Duration.ZERO, () -> tell(each, next, 0));
        }

        @Override
        public void runs(Watched each) {
            synchronized (StatementWatcher.this) {
                if (!each.forgotten) {
                    each.failures = 0;
                    each.seenRunningAt = now();
                    planNext(each);
                }
            }
        }

        @Override
        public void failed(Watched each, Throwable failure) {
            synchronized (StatementWatcher.this) {
                if (each.forgotten) {
                    return;
                }
                each.failures++;
                planNext(each);
            }
            LOG.debug("Statement {} could not be asked for", each.id(), failure);
            try {
                listener.troubled(each.handle, failure);
            } catch (RuntimeException e) {
                LOG.warn("A listener failed", e);
            }
        }
    }

    private static LossReason reason(Watched each, Instant now) {
        boolean old = !now.isBefore(each.seenRunningAt.plus(StatementDeadlines.STATEMENT_LIFE));
        return old ? LossReason.PURGED : LossReason.UNKNOWN_TO_SERVER;
    }

    private void tell(Watched each, StatementHandle next, int failures) {
        synchronized (this) {
            if (each.forgotten) {
                return;
            }
        }
        try {
            if (next.state() == HandleState.LOST) {
                listener.lost(each.handle, next);
            } else {
                listener.ended(each.handle, next);
            }
        } catch (Throwable e) { // after an error too nobody else would ever tell it
            Duration wait = WatchPlan.backoff(failures);
            LOG.warn("The end of statement {} could not be passed on; trying again in {}", each.id(), wait, e);
            delayer.after(wait, () -> tell(each, next, failures + 1));
            return;
        }
        synchronized (this) {
            watched.remove(each.key(), each);
        }
    }
}
