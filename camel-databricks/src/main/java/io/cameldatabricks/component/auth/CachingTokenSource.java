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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;

/**
 * Keeps a token until shortly before its end. From a third of its life before the end, though at most ten minutes, a
 * call starts a renewal in the background and gets the old token; one renewal runs at a time. Only when there is no token
 * that is still good do callers wait, all for the same answer; a failure answers all callers of the next second. A
 * renewal ahead that failed is reported and tried again, first after a second, then at doubled distances up to a minute.
 * Safe for many threads.
 */
public final class CachingTokenSource implements TokenSource {

    private static final Logger LOG = LoggerFactory.getLogger(CachingTokenSource.class);

    private static final Duration LONGEST_AHEAD = Duration.ofMinutes(10);
    private static final Duration LONGEST_MARGIN = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /**
     * A token and its times.
     *
     * @param renewAt when to look for the next one; null for a token without an end
     * @param goodUntil up to when to hand it out: a moment before its end, since the server reads it later than we do
     */
    private record Held(AccessToken token, Instant renewAt, Instant goodUntil) {

        static Held of(AccessToken token, Instant now) {
            Instant end = token.expiresAt().orElse(null);
            if (end == null) {
                return new Held(token, null, null);
            }
            Duration life = Duration.between(now, end);
            return new Held(
                    token,
                    end.minus(shorter(life.dividedBy(3), LONGEST_AHEAD)),
                    end.minus(shorter(life.dividedBy(10), LONGEST_MARGIN)));
        }

        boolean isGood(Instant now) {
            return goodUntil == null || now.isBefore(goodUntil);
        }

        boolean isDue(Instant now) {
            return renewAt != null && !now.isBefore(renewAt);
        }
    }

    private final TokenSource source;
    private final InstantSource clock;
    private final Executor background;

    private Held held;
    private CompletableFuture<AccessToken> renewal;
    private Duration pause = FIRST_PAUSE;
    private Instant notBefore = Instant.MIN;
    private DatabricksException lastFailure;
    private Instant failedAt;

    /**
     * @param source asked by one thread at a time
     * @param clock what the ends of tokens are compared with
     * @param background runs renewals ahead of the end; may refuse, then the next call tries again
     */
    public CachingTokenSource(TokenSource source, InstantSource clock, Executor background) {
        this.source = Objects.requireNonNull(source);
        this.clock = Objects.requireNonNull(clock);
        this.background = Objects.requireNonNull(background);
    }

    /**
     * @throws DatabricksException when there is no token that is still good and none could be had
     */
    @Override
    public AccessToken token() {
        CompletableFuture<AccessToken> mine = null;
        CompletableFuture<AccessToken> answer;
        synchronized (this) {
            Instant now = clock.instant();
            if (held != null && held.isGood(now)) {
                if (held.isDue(now)) {
                    renewAhead(now);
                }
                return held.token();
            }
            if (renewal == null) {
                if (lastFailure != null && now.isBefore(failedAt.plus(FIRST_PAUSE))) {
                    throw again(lastFailure);
                }
                mine = new CompletableFuture<>();
                renewal = mine;
            }
            answer = renewal;
        }
        if (mine != null) {
            renew(mine);
        }
        return await(answer);
    }

    /** The token as {@link #token()} gives it, if it can be given without waiting. */
    public synchronized Optional<AccessToken> ready() {
        Instant now = clock.instant();
        if (held == null || !held.isGood(now)) {
            return Optional.empty();
        }
        if (held.isDue(now)) {
            renewAhead(now);
        }
        return Optional.of(held.token());
    }

    /** When the next renewal is due; empty when none is. A call of {@link #token} at or after that time starts it. */
    public synchronized Optional<Instant> renewalDueAt() {
        if (held == null || held.renewAt() == null) {
            return Optional.empty();
        }
        return Optional.of(held.renewAt().isBefore(notBefore) ? notBefore : held.renewAt());
    }

    /**
     * Tells that the server refused a token although it seemed good. If it is the one that is held, the next call of
     * {@link #token} gets another.
     */
    public synchronized void refused(AccessToken token) {
        if (held != null && held.token().isSame(token)) {
            held = null;
        }
    }

    private void renewAhead(Instant now) {
        if (renewal != null || now.isBefore(notBefore)) {
            return;
        }
        CompletableFuture<AccessToken> mine = new CompletableFuture<>();
        renewal = mine;
        try {
            background.execute(() -> renew(mine));
        } catch (RejectedExecutionException e) {
            renewal = null;
        }
    }

    private void renew(CompletableFuture<AccessToken> mine) {
        AccessToken token = null;
        DatabricksException failure = null;
        try {
            token = Objects.requireNonNull(source.token(), "token");
            if (token.isExpired(clock.instant())) {
                failure = new TransientDatabricksException(
                        "No token could be had: the token source gave one that has expired", ErrorDetails.none(), null);
            }
        } catch (DatabricksException e) {
            failure = e;
        } catch (RuntimeException e) {
            failure = ofBean(e);
        } catch (Error e) {
            // callers that wait must not wait for ever
            finish(mine, null, ofBean(e));
            throw e;
        }
        finish(mine, token, failure);
    }

    /** Of a user's class, so without its message. */
    private DatabricksException ofBean(Throwable e) {
        String text = "No token could be had: " + source.getClass().getName() + " failed with "
                + e.getClass().getName();
        LOG.debug("{} at {}", text, e.getStackTrace().length == 0 ? "an unknown place" : e.getStackTrace()[0]);
        return new TransientDatabricksException(text, ErrorDetails.none(), null);
    }

    private void finish(CompletableFuture<AccessToken> mine, AccessToken token, DatabricksException failure) {
        synchronized (this) {
            renewal = null;
            Instant now = clock.instant();
            if (failure != null) {
                postpone(now);
                lastFailure = failure;
                failedAt = now;
                if (held != null && held.isGood(now)) {
                    LOG.warn(
                            "The token could not be renewed ahead of its end at {}, the next try is in {} ms: {}",
                            held.token().expiresAt().orElse(null),
                            Duration.between(now, notBefore).toMillis(),
                            failure.getMessage());
                }
            } else if (held != null && held.token().equals(token) && held.isGood(now)) {
                // the source keeps its token for longer than we do
                postpone(now);
                lastFailure = null;
            } else {
                held = Held.of(token, now);
                pause = FIRST_PAUSE;
                notBefore = Instant.MIN;
                lastFailure = null;
            }
        }
        if (failure != null) {
            mine.completeExceptionally(failure);
        } else {
            mine.complete(token);
        }
    }

    private void postpone(Instant now) {
        notBefore = now.plus(pause);
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
    }

    private static AccessToken await(CompletableFuture<AccessToken> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientDatabricksException(
                    "The thread was interrupted while it waited for a token", ErrorDetails.none(), null);
        } catch (ExecutionException e) {
            throw again((DatabricksException) e.getCause());
        }
    }

    /** A new exception for each caller, so that nobody adds to the stack of another. */
    private static DatabricksException again(DatabricksException failure) {
        ErrorDetails details = new ErrorDetails(null, null, null, failure.getErrorCode(), failure.getHttpStatus());
        return failure instanceof TransientDatabricksException
                ? new TransientDatabricksException(failure.getMessage(), details, failure)
                : new PermanentDatabricksException(failure.getMessage(), details, failure);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public String toString() {
        return "CachingTokenSource[" + source.getClass().getSimpleName() + "]";
    }
}
