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

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.statement.CarriedHeaders;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementOrigin;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.watch.StatementWatcher;
import io.cameldatabricks.component.watch.TimerWheel;
import io.cameldatabricks.component.watch.WatchListener;
import io.cameldatabricks.component.watch.WatchSettings;

/**
 * Waits for the end of statements that somebody in this process wants to know now; nothing of it is stored. Any number of
 * waits costs no thread. Thread-safe.
 */
public final class StatementAwaiter implements AutoCloseable {

    private final StatementWatcher watcher;
    private final Map<String, Wait> waiting = new ConcurrentHashMap<>();

    private record Wait(CompletableFuture<Optional<StatementStatus>> end, WatchSettings settings) {}

    /**
     * @param delayer its threads are those on which the futures are completed
     * @param random thread-safe
     */
    public StatementAwaiter(StatementClient client, InstantSource clock, Delayer delayer, RandomGenerator random) {
        this.watcher = new StatementWatcher(
                client, this::settings, new Ends(), TimerWheel.standard(), clock, delayer, delayer, random);
    }

    /**
     * Waits for the end of a statement that was seen running.
     *
     * @param seen the last that is known of it
     * @param runningSince since when it runs, which decides how soon it is looked at again
     * @param settings how it is watched
     * @return the status at its end, or empty when the server does not know it any more; complete it in any other way, such
     *     as by a time-out, to give up the wait
     */
    public CompletableFuture<Optional<StatementStatus>> end(
            StatementReference reference, StatementStatus seen, Instant runningSince, WatchSettings settings) {
        if (seen.isTerminal()) {
            return CompletableFuture.completedFuture(Optional.of(seen));
        }
        String key = UUID.randomUUID().toString();
        StatementHandle watched = StatementHandle.intended(
                        key,
                        "awaited",
                        reference.target(),
                        new StatementOrigin("", CarriedHeaders.none(), null, runningSince))
                .withSubmitted(reference.id(), runningSince)
                .withObserved(seen);
        CompletableFuture<Optional<StatementStatus>> end = new CompletableFuture<>();
        waiting.put(key, new Wait(end, settings));
        end.whenComplete((status, failure) -> {
            waiting.remove(key);
            watcher.forget(key);
        });
        if (!watcher.watch(watched)) {
            end.cancel(false);
        }
        return end;
    }

    private WatchSettings settings(StatementHandle watched) {
        Wait wait = waiting.get(watched.key());
        return wait == null ? WatchSettings.standard() : wait.settings();
    }

    /** How many waits there are. */
    public int size() {
        return waiting.size();
    }

    /** Gives up all waits, which end with {@link java.util.concurrent.CancellationException}. */
    @Override
    public void close() {
        watcher.close();
        waiting.values().forEach(wait -> wait.end().cancel(false));
    }

    private final class Ends implements WatchListener {

        @Override
        public void ended(StatementHandle watched, StatementHandle completed) {
            complete(watched, Optional.of(completed.status()));
        }

        @Override
        public void lost(StatementHandle watched, StatementHandle lost) {
            complete(watched, Optional.empty());
        }

        @Override
        public void adopted(StatementHandle intent, StatementHandle submitted) {
            throw new IllegalStateException("Nothing is looked for here");
        }

        private void complete(StatementHandle watched, Optional<StatementStatus> status) {
            Wait wait = waiting.get(watched.key());
            if (wait != null) {
                wait.end().complete(status);
            }
        }
    }
}
