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
package io.cameldatabricks.component.retry;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What is asked again, how often, and for how long. Immutable.
 *
 * @param maxAttempts the first one included
 * @param budget no attempt starts later than this after the first
 * @param backoff waits between the attempts
 * @param statuses HTTP statuses that may pass
 * @param afterBrokenLink whether to repeat a call that the server may have received
 */
public record RetryPolicy(
        int maxAttempts, Duration budget, Backoff backoff, Set<Integer> statuses, boolean afterBrokenLink) {

    /** These prove that the call was not processed. */
    private static final Set<Integer> REFUSED = Set.of(429, 503);

    private static final Set<Integer> MAY_PASS = Set.of(408, 429, 500, 502, 503, 504);

    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be 1 or more");
        }
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(backoff, "backoff");
        statuses = Set.copyOf(statuses);
    }

    /** For calls that change nothing, or that may be repeated: everything that may pass is asked again. */
    public static RetryPolicy forReads() {
        return new RetryPolicy(5, Duration.ofSeconds(60), Backoff.standard(), MAY_PASS, true);
    }

    /** For submits: repeated only where it is proven that nothing was started. */
    public static RetryPolicy forSubmit() {
        return new RetryPolicy(5, Duration.ofSeconds(60), Backoff.standard(), REFUSED, false);
    }

    /** The same with other waits, for tests and for impatient users. */
    public RetryPolicy withBackoff(Backoff other) {
        return new RetryPolicy(maxAttempts, budget, other, statuses, afterBrokenLink);
    }

    /**
     * @param attempt number of the attempt that ended, from 1
     * @param elapsed since the first attempt began
     * @param answer what came, or null
     * @param failure what was thrown, or null
     * @return how long to wait before the next attempt; empty when there must be none
     */
    public Optional<Duration> next(
            int attempt, Duration elapsed, Attempt answer, Throwable failure, RandomGenerator random) {
        if (attempt >= maxAttempts || !mayPass(answer, failure)) {
            return Optional.empty();
        }
        Optional<Duration> retryAfter = answer == null ? Optional.empty() : answer.retryAfter();
        return backoff.delay(attempt, retryAfter, random)
                .filter(wait -> elapsed.plus(wait).compareTo(budget) <= 0);
    }

    private boolean mayPass(Attempt answer, Throwable failure) {
        if (failure != null) {
            return failure instanceof NotSentException || (afterBrokenLink && failure instanceof IOException);
        }
        return answer != null && statuses.contains(answer.status());
    }
}
