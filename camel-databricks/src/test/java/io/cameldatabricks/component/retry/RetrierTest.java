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

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetrierTest {

    private final VirtualTime time = VirtualTime.begin();
    private final Instant begin = time.instant();
    private final Retrier retrier = new Retrier(time, time, new Random(1));
    private final List<Duration> attempts = new ArrayList<>();

    private record Answer(int status, Optional<Duration> retryAfter) implements Attempt {
        static Answer of(int status) {
            return new Answer(status, Optional.empty());
        }
    }

    private Supplier<CompletionStage<Answer>> always(CompletionStage<Answer> outcome) {
        return () -> {
            attempts.add(Duration.between(begin, time.instant()));
            return outcome;
        };
    }

    private CompletableFuture<Answer> run(RetryPolicy policy, CompletionStage<Answer> outcome) {
        CompletableFuture<Answer> result = retrier.run(policy, always(outcome));
        time.advanceUntilIdle(Duration.ofHours(1));
        assertThat(result).isDone();
        return result;
    }

    @Test
    void shouldCallOnceWhenTheAnswerIsGood() {
        assertThat(run(RetryPolicy.forReads(), CompletableFuture.completedFuture(Answer.of(200)))
                        .join()
                        .status())
                .isEqualTo(200);
        assertThat(attempts).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "429,5,5", "503,5,5", "500,5,1", "502,5,1", "504,5,1", "408,5,1", "400,1,1", "404,1,1", "401,1,1", "501,1,1"
    })
    void shouldRepeatASubmitOnlyAfterProofThatNothingStarted(int status, int reads, int submits) {
        CompletionStage<Answer> answer = CompletableFuture.completedFuture(Answer.of(status));

        assertThat(run(RetryPolicy.forReads(), answer).join().status()).isEqualTo(status);
        assertThat(attempts).hasSize(reads);
        attempts.clear();
        assertThat(run(RetryPolicy.forSubmit(), answer).join().status()).isEqualTo(status);
        assertThat(attempts).hasSize(submits);
    }

    @Test
    void shouldRepeatASubmitThatWasNotSentAndNoOther() {
        CompletableFuture<Answer> notSent =
                CompletableFuture.failedFuture(new NotSentException("no connection", new ConnectException()));
        CompletableFuture<Answer> broken = CompletableFuture.failedFuture(new EOFException());

        assertThatThrownBy(run(RetryPolicy.forSubmit(), notSent)::join).hasCauseInstanceOf(NotSentException.class);
        assertThat(attempts).hasSize(5);
        attempts.clear();
        assertThatThrownBy(run(RetryPolicy.forSubmit(), broken)::join).hasCauseInstanceOf(EOFException.class);
        assertThat(attempts).hasSize(1);
        attempts.clear();
        assertThatThrownBy(run(RetryPolicy.forReads(), broken)::join).hasCauseInstanceOf(EOFException.class);
        assertThat(attempts).hasSize(5);
    }

    @Test
    void shouldNotRepeatAMistakeInTheProgram() {
        CompletableFuture<Answer> bug = CompletableFuture.failedFuture(new IllegalStateException("bug"));

        assertThatThrownBy(run(RetryPolicy.forReads(), bug)::join).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(attempts).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 10, 14})
    void shouldNeverComeBeforeTheServerAsked(long seconds) {
        Answer busy = new Answer(429, Optional.of(Duration.ofSeconds(seconds)));

        run(RetryPolicy.forReads(), CompletableFuture.completedFuture(busy));

        assertThat(attempts.size()).isGreaterThan(1);
        for (int i = 1; i < attempts.size(); i++) {
            assertThat(attempts.get(i).minus(attempts.get(i - 1))).isGreaterThanOrEqualTo(Duration.ofSeconds(seconds));
        }
        assertThat(attempts.get(attempts.size() - 1))
                .isLessThanOrEqualTo(RetryPolicy.forReads().budget());
    }

    @Test
    void shouldGiveUpRatherThanComeTooEarly() {
        Answer busy = new Answer(429, Optional.of(Duration.ofSeconds(59)));

        run(RetryPolicy.forReads(), CompletableFuture.completedFuture(busy));
        assertThat(attempts.size()).isLessThanOrEqualTo(2);
        attempts.clear();
        Answer tomorrow = new Answer(429, Optional.of(Duration.ofDays(1)));
        run(RetryPolicy.forReads(), CompletableFuture.completedFuture(tomorrow));
        assertThat(attempts).hasSize(1);
    }

    @Test
    void shouldStopWhenNobodyWantsTheAnswerAnyMore() {
        CompletableFuture<Answer> result =
                retrier.run(RetryPolicy.forReads(), always(CompletableFuture.completedFuture(Answer.of(503))));
        result.cancel(false);
        time.advanceUntilIdle(Duration.ofHours(1));

        assertThat(attempts).hasSize(1);
    }

    @Test
    void shouldSurviveACallThatThrows() {
        CompletableFuture<Answer> result = retrier.run(RetryPolicy.forReads(), () -> {
            throw new IllegalArgumentException("no");
        });

        assertThatThrownBy(result::join).hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldReportTheLastFailureWhenALinkKeepsBreaking() {
        List<IOException> failures = new ArrayList<>();
        CompletableFuture<Answer> result = retrier.run(RetryPolicy.forReads(), () -> {
            failures.add(new IOException("number " + failures.size()));
            return CompletableFuture.failedFuture(failures.get(failures.size() - 1));
        });
        time.advanceUntilIdle(Duration.ofHours(1));

        assertThatThrownBy(result::join).hasCause(failures.get(4));
    }
}
