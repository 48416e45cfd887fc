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
package io.cameldatabricks.component.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CachingTokenSourceTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;
    private final InstantSource clock = () -> now;
    private final AtomicInteger asked = new AtomicInteger();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private Duration life = Duration.ofHours(1);
    private RuntimeException failure;

    private AccessToken next() {
        int number = asked.incrementAndGet();
        if (failure != null) {
            throw failure;
        }
        return AccessToken.of("token-" + number, life == null ? null : now.plus(life));
    }

    private final CachingTokenSource source = new CachingTokenSource(this::next, clock, background::add);

    private String token() {
        return source.token().reveal();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void shouldAskOnceWhileTheTokenIsFresh() {
        assertThat(token()).isEqualTo("token-1");
        pass(Duration.ofMinutes(49));
        assertThat(token()).isEqualTo("token-1");
        assertThat(asked).hasValue(1);
        assertThat(background).isEmpty();
        assertThat(source.renewalDueAt()).contains(START.plus(Duration.ofMinutes(50)));
    }

    @Test
    void shouldGiveTheOldTokenWhileOneRenewalRunsInTheBackground() {
        token();
        pass(Duration.ofMinutes(50));
        assertThat(token()).isEqualTo("token-1");
        assertThat(token()).isEqualTo("token-1");
        assertThat(background).hasSize(1);
        background.remove().run();
        assertThat(token()).isEqualTo("token-2");
        assertThat(asked).hasValue(2);
    }

    @Test
    void shouldRenewATokenOfSecondsAThirdOfItsLifeAhead() {
        life = Duration.ofSeconds(3);
        token();
        pass(Duration.ofMillis(1_999));
        token();
        assertThat(background).isEmpty();
        pass(Duration.ofMillis(1));
        token();
        assertThat(background).hasSize(1);
    }

    @Test
    void shouldNotGiveATokenThatIsAboutToEnd() {
        life = Duration.ofSeconds(10);
        token();
        pass(Duration.ofMillis(8_999));
        assertThat(token()).isEqualTo("token-1");
        background.clear();
        CachingTokenSource other = new CachingTokenSource(this::next, clock, background::add);
        assertThat(other.token().reveal()).isEqualTo("token-2");
        pass(Duration.ofSeconds(9));
        assertThat(other.token().reveal()).isEqualTo("token-3");
        assertThat(background).isEmpty();
    }

    @Test
    void shouldWaitForANewTokenWhenTheOldOneIsOver() {
        token();
        pass(Duration.ofHours(2));
        assertThat(token()).isEqualTo("token-2");
        assertThat(background).isEmpty();
    }

    @Test
    void shouldKeepATokenWithoutAnEndForEver() {
        life = null;
        token();
        pass(Duration.ofDays(400));
        assertThat(token()).isEqualTo("token-1");
        assertThat(source.renewalDueAt()).isEmpty();
    }

    @Test
    void shouldKeepTheOldTokenWhenARenewalAheadFailsAndTryAgainAtGrowingDistances() {
        token();
        pass(Duration.ofMinutes(50));
        failure = new IllegalStateException("the vault is sealed");
        List<Duration> distances = new ArrayList<>();
        Instant last = now;
        for (int i = 0; i < 9; i++) {
            token();
            background.remove().run();
            assertThat(token()).isEqualTo("token-1");
            assertThat(background).isEmpty();
            Instant due = source.renewalDueAt().orElseThrow();
            distances.add(Duration.between(last, due));
            now = due;
            last = due;
        }
        assertThat(distances.stream().map(Duration::toSeconds))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        failure = null;
        token();
        background.remove().run();
        assertThat(token()).isEqualTo("token-11");
    }

    @Test
    void shouldFailWhenNoTokenIsLeftAndAskAgainASecondLater() {
        failure = new PermanentDatabricksException("No token could be had: HTTP 401", ErrorDetails.none(), null);
        assertThatThrownBy(this::token)
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessage("No token could be had: HTTP 401");
        failure = null;
        pass(Duration.ofMillis(999));
        assertThatThrownBy(this::token).isInstanceOf(PermanentDatabricksException.class);
        assertThat(asked).hasValue(1);
        pass(Duration.ofMillis(1));
        assertThat(token()).isEqualTo("token-2");
    }

    @Test
    void shouldNotRepeatTheWordsOfAUsersException() {
        failure = new IllegalStateException("password s3cr3t was refused");
        assertThatThrownBy(this::token)
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessageContaining("java.lang.IllegalStateException")
                .hasMessageNotContaining("s3cr3t")
                .satisfies(e -> assertThat(e.getCause().getCause()).isNull());
    }

    @Test
    void shouldNotAcceptATokenThatHasExpiredAlready() {
        life = Duration.ZERO;
        assertThatThrownBy(this::token)
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessageContaining("expired");
    }

    @Test
    void shouldAskAgainForARefusedTokenButNotForAnOlderOne() {
        AccessToken first = source.token();
        source.refused(AccessToken.of("another"));
        assertThat(token()).isEqualTo("token-1");
        source.refused(first);
        assertThat(token()).isEqualTo("token-2");
        source.refused(first);
        assertThat(token()).isEqualTo("token-2");
    }

    @Test
    void shouldWaitALittleWhenTheSourceKeepsItsTokenLonger() {
        AccessToken same = AccessToken.of("same", START.plus(Duration.ofMinutes(30)));
        CachingTokenSource lazy = new CachingTokenSource(
                () -> {
                    asked.incrementAndGet();
                    return same;
                },
                clock,
                background::add);
        lazy.token();
        pass(Duration.ofMinutes(20));
        lazy.token();
        background.remove().run();
        lazy.token();
        assertThat(background).isEmpty();
        pass(Duration.ofSeconds(1));
        lazy.token();
        assertThat(background).hasSize(1);
        assertThat(asked).hasValue(2);
    }

    @Test
    void shouldTryAgainWhenTheBackgroundRefusesWork() {
        AtomicInteger refusals = new AtomicInteger();
        CachingTokenSource busy = new CachingTokenSource(this::next, clock, work -> {
            refusals.incrementAndGet();
            throw new RejectedExecutionException("full");
        });
        busy.token();
        pass(Duration.ofMinutes(55));
        assertThat(busy.token().reveal()).isEqualTo("token-1");
        assertThat(busy.token().reveal()).isEqualTo("token-1");
        assertThat(refusals).hasValue(2);
        pass(Duration.ofMinutes(5));
        assertThat(busy.token().reveal()).isEqualTo("token-2");
    }

    @Test
    void shouldLetAllCallersWaitForOneAnswer() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        CachingTokenSource slow = new CachingTokenSource(
                () -> {
                    asking.countDown();
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return next();
                },
                clock,
                background::add);
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            List<Future<AccessToken>> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                answers.add(callers.submit(slow::token));
            }
            assertThat(asking.await(10, SECONDS)).isTrue();
            answer.countDown();
            for (Future<AccessToken> one : answers) {
                assertThat(one.get(10, SECONDS).reveal()).isEqualTo("token-1");
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void shouldNotLeaveCallersWaitingWhenTheSourceDies() {
        CachingTokenSource dying = new CachingTokenSource(
                () -> {
                    throw new StackOverflowError("deep");
                },
                clock,
                background::add);
        assertThatThrownBy(dying::token).isInstanceOf(StackOverflowError.class);
        assertThatThrownBy(dying::token).isInstanceOf(DatabricksException.class);
    }
}
