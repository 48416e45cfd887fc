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

import java.time.Duration;
import java.util.Objects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.statement.HandleState;

/**
 * Removes the handles of a repository that were settled long ago, once a minute, until none is left that is old enough: as
 * fast as they come, in small transactions. Several nodes may do so at the same time. Thread-safe.
 */
public final class SettledCleaner implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SettledCleaner.class);

    static final Duration EVERY = Duration.ofMinutes(1);

    /** Rows in one transaction. */
    static final int AT_ONCE = 1_000;

    private final StatementHandleRepository repository;
    private final Delayer delayer;
    private RetentionSettings settings;
    private boolean started;
    private boolean closed;

    /** @param delayer its threads call the repository, which may block */
    public SettledCleaner(StatementHandleRepository repository, Delayer delayer) {
        this.repository = Objects.requireNonNull(repository, "repository");
        this.delayer = Objects.requireNonNull(delayer, "delayer");
    }

    /** Nothing is removed earlier than any user of the repository wants. The first call starts the cleaning. */
    public void keep(RetentionSettings wanted) {
        boolean first;
        synchronized (this) {
            settings = settings == null ? wanted : settings.longest(wanted);
            first = !started;
            started = true;
        }
        if (first) {
            delayer.after(EVERY, () -> clean(HandleState.DELIVERED));
        }
    }

    private void clean(HandleState state) {
        Duration age;
        synchronized (this) {
            if (closed) {
                return;
            }
            age = state == HandleState.DELIVERED ? settings.delivered() : settings.dead();
        }
        boolean more = false;
        try {
            more = repository.removeSettled(state, age, AT_ONCE) >= AT_ONCE;
        } catch (RuntimeException | Error e) {
            LOG.warn("Handles in state {} could not be removed; trying again in {}: {}", state, EVERY, e.toString());
        }
        if (more) {
            // others may have work for the threads in between
            delayer.after(Duration.ZERO, () -> clean(state));
        } else if (state == HandleState.DELIVERED) {
            delayer.after(Duration.ZERO, () -> clean(HandleState.DEAD));
        } else {
            delayer.after(EVERY, () -> clean(HandleState.DELIVERED));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
