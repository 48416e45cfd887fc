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
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.retry.Backoff;
import io.cameldatabricks.component.retry.Delayer;

/**
 * Repeats what a repository did not take until it takes it, since nothing may be forgotten because a repository was out of
 * reach. Ends with {@link #close()}: what is not stored then is found by the next owner, which reconciles. Thread-safe.
 */
final class Persistence implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Persistence.class);
    private static final Backoff PAUSES =
            new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30), 2, 0.2, Duration.ZERO);

    private final Delayer delayer;
    private final RandomGenerator random;
    private volatile boolean closed;

    Persistence(Delayer delayer, RandomGenerator random) {
        this.delayer = delayer;
        this.random = random;
    }

    /** Tries again later, and again, until the work does not throw. */
    void untilDone(String what, Runnable work) {
        later(what, work, 1);
    }

    private void later(String what, Runnable work, int attempt) {
        Duration pause = PAUSES.delay(attempt, Optional.empty(), random).orElseThrow();
        delayer.after(pause, () -> {
            if (closed) {
                return;
            }
            try {
                work.run();
            } catch (Throwable e) { // an error too must not be the end of it
                LOG.warn("{} could not be stored; trying again: {}", what, e.toString());
                later(what, work, attempt + 1);
            }
        });
    }

    @Override
    public void close() {
        closed = true;
    }
}
