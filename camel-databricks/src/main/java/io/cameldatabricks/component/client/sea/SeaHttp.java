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
package io.cameldatabricks.component.client.sea;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import javax.net.ssl.SSLHandshakeException;

import io.cameldatabricks.component.retry.Attempt;
import io.cameldatabricks.component.retry.NotSentException;
import io.cameldatabricks.component.retry.RateLimiter;
import io.cameldatabricks.component.retry.Retrier;
import io.cameldatabricks.component.retry.RetryAfter;
import io.cameldatabricks.component.retry.RetryPolicy;
import io.cameldatabricks.component.retry.Urgency;

/**
 * One authorised call: waits for the limiter, sends, repeats under the policy, and renews a refused token once. Answers
 * of any status are returned; what is thrown is an {@link IOException}, as {@link NotSentException} where nothing that the
 * server could act on was sent, a {@link NoTokenException} or an {@link UntrustedServerException}. Thread-safe.
 */
final class SeaHttp {

    /** A result within an answer has 25 MiB at most, a third more as JSON. */
    private static final long LARGEST_ANSWER = 64L << 20;

    private final HttpClient http;
    private final SeaSettings settings;
    private final BearerSource bearers;
    private final RateLimiter limiter;
    private final Retrier retrier;
    private final InstantSource clock;

    /** There is no token to call with. Its cause is not kept: its message may hold a secret. */
    static final class NoTokenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoTokenException(Throwable cause) {
            super("No access token: " + cause.getClass().getName());
        }
    }

    /** Nobody vouches for the certificate of the server, or for ours. */
    static final class UntrustedServerException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UntrustedServerException(Throwable cause) {
            super("The TLS handshake failed", cause);
        }
    }

    /** Method, path with query, and body (null for none). */
    record Call(String method, String path, byte[] body, Urgency urgency, Duration extraTime) {
        Call(String method, String path, byte[] body, Urgency urgency) {
            this(method, path, body, urgency, Duration.ZERO);
        }

        @Override
        public String toString() {
            return method;
        }
    }

    SeaHttp(
            HttpClient http,
            SeaSettings settings,
            BearerSource bearers,
            RateLimiter limiter,
            Retrier retrier,
            InstantSource clock) {
        this.http = http;
        this.settings = settings;
        this.bearers = bearers;
        this.limiter = limiter;
        this.retrier = retrier;
        this.clock = clock;
    }

    CompletableFuture<HttpAnswer> send(Call call, RetryPolicy policy) {
        return send(call.urgency(), policy, bearer -> exchange(call, bearer));
    }

    /**
     * As {@link #send(Call, RetryPolicy)}, for a call of another shape.
     *
     * @param exchange makes one request with the token that it is given; it can be asked for a second one
     */
    <A extends Attempt> CompletableFuture<A> send(
            Urgency urgency, RetryPolicy policy, Function<String, CompletionStage<A>> exchange) {
        return retrier.run(policy, () -> limiter.acquire(urgency).thenCompose(permit -> authorised(exchange)));
    }

    private <A extends Attempt> CompletionStage<A> authorised(Function<String, CompletionStage<A>> exchange) {
        return bearer().thenCompose(bearer -> exchange.apply(bearer).thenCompose(answer -> {
            if (answer.status() != 401) {
                return CompletableFuture.completedFuture(answer);
            }
            // 401 proves that nothing was done, so this holds for submits too
            bearers.refused(bearer);
            return bearer().thenCompose(fresh ->
                    fresh.equals(bearer) ? CompletableFuture.completedFuture(answer) : exchange.apply(fresh));
        }));
    }

    private CompletionStage<String> bearer() {
        CompletionStage<String> bearer;
        try {
            bearer = bearers.bearer();
        } catch (RuntimeException e) {
            bearer = CompletableFuture.failedFuture(e);
        }
        return bearer.exceptionally(e -> {
            throw new NoTokenException(unwrap(e));
        });
    }

    private CompletionStage<HttpAnswer> exchange(Call call, String bearer) {
        TracedBody body = call.body() == null ? null : new TracedBody(call.body());
        HttpRequest.Builder request = request(call.path(), bearer);
        if (body != null) {
            request.method(call.method(), body);
        } else if (call.method().equals("GET")) {
            request.GET();
        } else {
            request.method(call.method(), BodyPublishers.noBody());
        }
        request.setHeader("Accept", "application/json");
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        Instant sentAt = clock.instant();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request.build(), LimitedBody.upTo(LARGEST_ANSWER));
        Duration time = settings.callTimeout().plus(call.extraTime());
        // not HttpRequest.timeout: that one ends with the head of the answer
        return exchange.copy().orTimeout(time.toMillis(), TimeUnit.MILLISECONDS).handle((response, failure) -> {
            if (failure == null) {
                return answer(response, response.body(), sentAt);
            }
            exchange.cancel(true);
            throw new CompletionException(failure(unwrap(failure), body, time));
        });
    }

    /** A request with all that each of them has. */
    HttpRequest.Builder request(String path, String bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path));
        settings.headers().forEach(request::setHeader);
        request.setHeader("Authorization", "Bearer " + bearer);
        request.setHeader("User-Agent", settings.userAgent());
        return request;
    }

    HttpClient client() {
        return http;
    }

    Instant now() {
        return clock.instant();
    }

    /** @param body as far as it is no stream */
    HttpAnswer answer(HttpResponse<?> response, byte[] body, Instant sentAt) {
        Optional<Duration> retryAfter =
                response.headers().firstValue("Retry-After").flatMap(value -> RetryAfter.parse(value, clock.instant()));
        if (response.statusCode() == 429) {
            limiter.refused(sentAt, retryAfter);
        }
        return new HttpAnswer(response.statusCode(), retryAfter, body);
    }

    /**
     * @param body of the request, or null
     * @param time after which it was given up, for a {@link TimeoutException}
     */
    static Exception failure(Throwable failure, SealedBody body, Duration time) {
        if (failure instanceof SSLHandshakeException) {
            return new UntrustedServerException(failure);
        }
        boolean neverConnected = failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof UnresolvedAddressException;
        if (body == null ? neverConnected : body.sealUnsent()) {
            return new NotSentException("The server could not be reached", failure);
        }
        if (failure instanceof TimeoutException) {
            return new HttpTimeoutException("No answer within " + time);
        }
        return failure instanceof IOException io ? io : new IOException("The call failed", failure);
    }

    private String base() {
        String text = settings.workspace().toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
