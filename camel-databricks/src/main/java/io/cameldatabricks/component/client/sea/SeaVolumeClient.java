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

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.retry.RetryPolicy;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.volume.Contents;
import io.cameldatabricks.component.volume.FileMetadata;
import io.cameldatabricks.component.volume.OpenFile;
import io.cameldatabricks.component.volume.VolumeClient;
import io.cameldatabricks.component.volume.VolumePage;
import io.cameldatabricks.component.volume.VolumePath;

/** {@link VolumeClient} over the Files API. */
final class SeaVolumeClient implements VolumeClient {

    /** Of answers that are no files. */
    private static final long LARGEST_ANSWER = 16L << 20;

    /** A transfer may make no progress for so many times the time of a call. */
    private static final int PATIENCE = 4;

    private static final int CHECKS = 8;

    private final SeaHttp http;
    private final RetryPolicy policy;
    private final Duration patience;
    private final Executor readers;

    /** @param readers may be blocked as long as an upload takes */
    SeaVolumeClient(SeaHttp http, SeaSettings settings, Executor readers) {
        this.http = http;
        // whatever is called here may be called twice
        this.policy = settings.reads();
        this.patience = settings.callTimeout().multipliedBy(PATIENCE);
        this.readers = readers;
    }

    @Override
    public CompletionStage<Boolean> upload(VolumePath file, Contents contents, boolean overwrite) {
        String path = FileRequests.upload(file, overwrite);
        return guarded(file, () -> uploaded(path, contents).thenApply(answer -> {
            if (answer.status() == 409 && !overwrite) {
                return false;
            }
            return success(answer).isSuccess();
        }));
    }

    private CompletableFuture<HttpAnswer> uploaded(String path, Contents contents) {
        if (contents.isRepeatable()) {
            return http.send(urgency(), policy, bearer -> upload(path, bearer, contents));
        }
        // what was read is gone, so there is one attempt, also with a token that is refused
        CompletableFuture<HttpAnswer> only = new CompletableFuture<>();
        RetryPolicy once =
                new RetryPolicy(1, policy.budget(), policy.backoff(), policy.statuses(), policy.afterBrokenLink());
        return http.send(urgency(), once, bearer -> {
            if (only.isDone()) {
                return only;
            }
            return upload(path, bearer, contents).whenComplete((answer, failure) -> only.complete(answer));
        });
    }

    private CompletionStage<HttpAnswer> upload(String path, String bearer, Contents contents) {
        UploadBody body = new UploadBody(contents, readers);
        HttpRequest request = http.request(path, bearer)
                .setHeader("Accept", "application/json")
                .setHeader("Content-Type", "application/octet-stream")
                .PUT(body.publisher())
                .build();
        Instant sentAt = http.now();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.client().sendAsync(request, LimitedBody.upTo(LARGEST_ANSWER));
        CompletableFuture<HttpResponse<byte[]>> watched = exchange.copy();
        watch(body, watched, body.progress(), 0);
        return watched.handle((response, failure) -> {
            body.end();
            if (failure == null) {
                return http.answer(response, response.body(), sentAt);
            }
            exchange.cancel(true);
            if (body.failure() != null) {
                throw body.failure();
            }
            throw new CompletionException(SeaHttp.failure(SeaHttp.unwrap(failure), body, patience));
        });
    }

    /** Ends an exchange that has made no progress for too long. */
    private void watch(UploadBody body, CompletableFuture<?> exchange, long seen, int idle) {
        CompletableFuture.delayedExecutor(patience.toMillis() / CHECKS + 1, TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (exchange.isDone()) {
                        return;
                    }
                    long now = body.progress();
                    int checks = now >= 0 && now == seen ? idle + 1 : 0;
                    if (checks >= CHECKS) {
                        exchange.completeExceptionally(new TimeoutException());
                    } else {
                        watch(body, exchange, now, checks);
                    }
                });
    }

    @Override
    public CompletionStage<OpenFile> open(VolumePath file, long from, String unmodifiedSince) {
        return guarded(file, () -> http.send(urgency(), policy, bearer -> {
                    HttpRequest.Builder request = http.request(FileRequests.file(file), bearer)
                            .setHeader("Accept", "*/*")
                            .GET();
                    if (from > 0) {
                        request.setHeader("Range", "bytes=" + from + "-");
                    }
                    if (unmodifiedSince != null) {
                        request.setHeader("If-Unmodified-Since", unmodifiedSince);
                    }
                    return opened(request.build());
                })
                .thenApply(opened -> opened.file(from)));
    }

    private CompletionStage<OpenedFile> opened(HttpRequest request) {
        BodyHandler<Object> handler = head -> OpenedFile.isFile(head.statusCode())
                ? BodySubscribers.mapping(new ReceivedBytes(patience), Object.class::cast)
                : BodySubscribers.mapping(LimitedBody.upTo(LARGEST_ANSWER).apply(head), Object.class::cast);
        Instant sentAt = http.now();
        return exchange(request, handler)
                .thenApply(response -> response.body() instanceof InputStream stream
                        ? new OpenedFile(http.answer(response, new byte[0], sentAt), response.headers(), stream)
                        : new OpenedFile(
                                http.answer(response, (byte[]) response.body(), sentAt), response.headers(), null));
    }

    @Override
    public CompletionStage<Optional<FileMetadata>> metadata(VolumePath file) {
        return guarded(file, () -> http.send(urgency(), policy, bearer -> {
                    HttpRequest.Builder request = http.request(FileRequests.file(file), bearer);
                    Instant sentAt = http.now();
                    return exchange(
                                    request.method("HEAD", BodyPublishers.noBody())
                                            .build(),
                                    LimitedBody.upTo(LARGEST_ANSWER))
                            .thenApply(response -> new OpenedFile(
                                    http.answer(response, response.body(), sentAt), response.headers(), null));
                })
                .thenApply(head -> {
                    if (head.status() == 404) {
                        return Optional.<FileMetadata>empty();
                    }
                    success(head.answer());
                    return Optional.of(head.metadata());
                }));
    }

    private <T> CompletableFuture<HttpResponse<T>> exchange(HttpRequest request, BodyHandler<T> handler) {
        CompletableFuture<HttpResponse<T>> exchange = http.client().sendAsync(request, handler);
        // a file is there when its head is, other answers when they are whole
        return exchange.copy()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> {
                    if (failure == null) {
                        return response;
                    }
                    exchange.cancel(true);
                    throw new CompletionException(SeaHttp.failure(SeaHttp.unwrap(failure), null, patience));
                });
    }

    @Override
    public CompletionStage<Boolean> delete(VolumePath file) {
        return guarded(file, () -> gone(call("DELETE", FileRequests.file(file))));
    }

    @Override
    public CompletionStage<Boolean> deleteDirectory(VolumePath directory) {
        return guarded(directory, () -> gone(call("DELETE", FileRequests.directory(directory))));
    }

    private static CompletableFuture<Boolean> gone(CompletableFuture<HttpAnswer> answered) {
        return answered.thenApply(
                answer -> answer.status() != 404 && success(answer).isSuccess());
    }

    @Override
    public CompletionStage<Void> createDirectory(VolumePath directory) {
        return guarded(
                directory, () -> call("PUT", FileRequests.directory(directory)).thenAccept(SeaVolumeClient::success));
    }

    @Override
    public CompletionStage<VolumePage> list(VolumePath directory, String next) {
        return guarded(
                directory, () -> call("GET", FileRequests.list(directory, next)).thenApply(answer -> {
                    VolumePage page = FileRequests.page(success(answer).body());
                    if (page == null) {
                        throw SeaErrors.unreadable("it is no listing of a directory", CallPhase.ASK, null);
                    }
                    return page;
                }));
    }

    private CompletableFuture<HttpAnswer> call(String method, String path) {
        return http.send(new SeaHttp.Call(method, path, null, urgency()), policy);
    }

    private Urgency urgency() {
        return Urgency.now(http.now());
    }

    static HttpAnswer success(HttpAnswer answer) {
        if (!answer.isSuccess()) {
            throw SeaErrors.of(answer, CallPhase.ASK, null);
        }
        return answer;
    }

    /** Every failure leaves through here, as one of ours, and says which file it is about. */
    private static <T> CompletableFuture<T> guarded(VolumePath place, Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        call.get().whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
                return;
            }
            RuntimeException known = SeaErrors.of(SeaHttp.unwrap(failure), CallPhase.ASK, null);
            result.completeExceptionally(known instanceof DatabricksException ours ? ours.at(place + ": ") : known);
        });
        return result;
    }
}
