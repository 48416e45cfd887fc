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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RateLimiterTest {

    private final VirtualTime time = VirtualTime.begin();
    private final Instant begin = time.instant();
    private final RateLimiter limiter = new RateLimiter(RateLimits.standard(), time, time);

    /** A workspace that refuses what is above its rate. */
    private final class Workspace {
        private final double rate;
        private double tokens;
        private Instant filledAt = time.instant();
        private int calls;
        private int refused;

        Workspace(double rate) {
            this.rate = rate;
            this.tokens = rate;
        }

        void call() {
            Instant now = time.instant();
            tokens = Math.min(rate, tokens + Duration.between(filledAt, now).toNanos() / 1e9 * rate);
            filledAt = now;
            calls++;
            if (tokens < 1) {
                refused++;
                // the refusal is known after a round trip
                time.after(Duration.ofMillis(50), () -> limiter.refused(now, Optional.empty()));
            } else {
                tokens -= 1;
            }
        }
    }

    /** Keeps as many calls waiting as there are in this queue. */
    private void demand(Workspace workspace, int queued) {
        for (int i = 0; i < queued; i++) {
            again(workspace);
        }
    }

    private void again(Workspace workspace) {
        limiter.acquire(Urgency.now(time.instant())).thenRun(() -> {
            workspace.call();
            time.after(Duration.ofMillis(50), () -> again(workspace));
        });
    }

    /** Else all calls to the workspace would stand still until the clock is again where it was. */
    @Test
    void shouldNotPauseLongerWhenTheClockIsSetBack() {
        Duration[] wrong = {Duration.ZERO};
        RateLimiter other =
                new RateLimiter(RateLimits.standard(), () -> time.instant().plus(wrong[0]), time);
        other.refused(time.instant(), Optional.of(Duration.ofSeconds(20)));
        wrong[0] = Duration.ofHours(-1);
        CompletableFuture<Void> permit = other.acquire(Urgency.now(time.instant()));

        time.advance(Duration.ofSeconds(19));
        assertThat(permit).isNotDone();
        time.advance(Duration.ofSeconds(3));

        assertThat(permit).isCompleted();
        double rate = other.rate();
        other.refused(time.instant().plus(wrong[0]), Optional.empty());
        assertThat(other.rate()).as("refusals count again").isLessThan(rate);
    }

    @ParameterizedTest
    @CsvSource({"1000, 0.01", "300, 0.01", "100, 0.01", "30, 0.01"})
    void shouldFindTheLimitOfAWorkspaceWithFewRefusals(double rate, double largestShare) {
        Workspace workspace = new Workspace(rate);
        demand(workspace, 300);
        time.advance(Duration.ofMinutes(10));

        double share = workspace.refused / (double) workspace.calls;
        double used = (workspace.calls - workspace.refused) / (rate * 600);
        assertThat(share).isLessThanOrEqualTo(largestShare);
        assertThat(used).isGreaterThan(0.75);
    }

    @Test
    void shouldServeTheRelativelyLatestFirst() {
        limiter.refused(begin, Optional.of(Duration.ofSeconds(20)));
        List<String> served = new ArrayList<>();
        Instant now = time.instant();
        acquire("old, a bit late", new Urgency(now, Duration.ofSeconds(600)), served);
        acquire("young, very late", new Urgency(now, Duration.ofSeconds(1)), served);
        acquire("middle", new Urgency(now, Duration.ofSeconds(60)), served);
        acquire("early", new Urgency(now.plusSeconds(500), Duration.ofSeconds(60)), served);
        acquire("user", Urgency.now(now), served);
        time.advance(Duration.ofSeconds(60));

        assertThat(served).containsExactly("user", "young, very late", "middle", "old, a bit late", "early");
    }

    private void acquire(String name, Urgency urgency, List<String> served) {
        limiter.acquire(urgency).thenRun(() -> served.add(name));
    }

    @Test
    void shouldStopAllCallsForAsLongAsTheServerAsks() {
        limiter.refused(begin, Optional.of(Duration.ofSeconds(7)));
        List<Instant> served = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            limiter.acquire(Urgency.now(begin)).thenRun(() -> served.add(time.instant()));
        }
        time.advance(Duration.ofSeconds(60));

        assertThat(served).hasSize(10).allMatch(at -> !at.isBefore(begin.plusSeconds(7)));
    }

    @Test
    void shouldNotStopForLongerThanAMinuteWhateverTheServerAsks() {
        limiter.refused(begin, Optional.of(Duration.ofDays(400)));
        CompletableFuture<Void> permit = limiter.acquire(Urgency.now(begin));
        time.advance(Duration.ofSeconds(59));
        assertThat(permit).isNotDone();
        time.advance(Duration.ofSeconds(2));

        assertThat(permit).isDone();
    }

    @Test
    void shouldCountRefusalsOfOneMomentOnce() {
        for (int i = 0; i < 50; i++) {
            limiter.refused(begin, Optional.empty());
        }
        assertThat(limiter.rate()).isEqualTo(70);

        time.advance(Duration.ofMillis(200));
        limiter.refused(begin, Optional.empty());
        assertThat(limiter.rate()).as("it was sent before the rate shrank").isEqualTo(70);

        limiter.refused(begin.plusMillis(100), Optional.empty());
        assertThat(limiter.rate()).isEqualTo(49, within(0.001));
    }

    @Test
    void shouldNotGrowWhileNobodyCalls() {
        time.advance(Duration.ofHours(3));
        limiter.acquire(Urgency.now(time.instant()));

        assertThat(limiter.rate()).isEqualTo(100);
    }

    @Test
    void shouldForgetCallsThatNobodyWantsAnyMore() {
        limiter.refused(begin, Optional.of(Duration.ofSeconds(1)));
        CompletableFuture<Void> gone = limiter.acquire(Urgency.now(begin));
        CompletableFuture<Void> wanted = limiter.acquire(Urgency.now(begin));
        gone.cancel(false);
        time.advance(Duration.ofSeconds(3));

        assertThat(wanted).isCompleted();
        assertThat(limiter.waiting()).isZero();
        assertThat(time.planned()).isZero();
    }
}
