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

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Runs an asynchronous call under a {@link RetryPolicy}. No thread waits. Thread-safe.
 *
 * <p>Not a library: Failsafe shortens a wait that is longer than the rest of its budget, so it calls a server earlier than
 * {@code Retry-After} allows, where we must give up; and it takes time and chance from the system, not from outside.
 */
public final class Retrier {

    private final InstantSource clock;
    private final Delayer delayer;
    private final RandomGenerator random;

    /**
     * @param random thread-safe, as {@link java.util.Random} is
     */
    public Retrier(InstantSource clock, Delayer delayer, RandomGenerator random) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.delayer = Objects.requireNonNull(delayer, "delayer");
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * @param call starts one attempt; an exception that it throws counts as one that its stage gives
     * @return the last answer, which may still be one of those that may pass, or the last failure. Cancelling it stops
     *     further attempts.
     */
    public <A extends Attempt> CompletableFuture<A> run(RetryPolicy policy, Supplier<CompletionStage<A>> call) {
        Run<A> run = new Run<>(policy, call, clock.instant());
        run.attempt(1);
        return run.result;
    }

    private final class Run<A extends Attempt> {
        private final RetryPolicy policy;
        private final Supplier<CompletionStage<A>> call;
        private final Instant begin;
        private final CompletableFuture<A> result = new CompletableFuture<>();

        private Run(RetryPolicy policy, Supplier<CompletionStage<A>> call, Instant begin) {
            this.policy = policy;
            this.call = call;
            this.begin = begin;
        }

        private void attempt(int number) {
            if (result.isDone()) {
                return;
            }
            CompletionStage<A> stage;
            try {
                stage = call.get();
            } catch (Throwable e) { // an error too, else somebody waits for ever
                stage = CompletableFuture.failedFuture(e);
            }
            stage.whenComplete((answer, failure) -> {
                try {
                    decide(number, answer, unwrap(failure));
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            });
        }

        private void decide(int number, A answer, Throwable failure) {
            Duration elapsed = Duration.between(begin, clock.instant());
            Optional<Duration> wait = policy.next(number, elapsed, answer, failure, random);
            if (wait.isPresent()) {
                delayer.after(wait.get(), () -> attempt(number + 1));
            } else if (failure != null) {
                result.completeExceptionally(failure);
            } else {
                result.complete(answer);
            }
        }
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
