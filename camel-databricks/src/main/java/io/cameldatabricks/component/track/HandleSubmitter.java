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
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.repository.HandleRepositoryException;
import io.cameldatabricks.component.retry.Backoff;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementOrigin;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementStatus;

/**
 * Submits: the intent is stored, then the statement is sent with the key of the intent as a tag, then its id is stored.
 * After every step the process may die, and the next owner of the row knows what to do. Thread-safe.
 */
final class HandleSubmitter {

    private static final Logger LOG = LoggerFactory.getLogger(HandleSubmitter.class);

    /** Submits of one statement that may run more than once. */
    static final int MOST_ATTEMPTS = 4;

    private static final Backoff RESUBMITS =
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(20), 2, 0.5, Duration.ZERO);

    private final StatementClient client;
    private final HandleLedger ledger;
    private final Persistence persistence;
    private final Lifecycle lifecycle;
    private final Function<StatementHandle, Duration> longestDoubt;
    private final InstantSource clock;
    private final Delayer delayer;
    private final Executor executor;
    private final RandomGenerator random;

    /** Senders that wait until more is known, by the keys of their intents. */
    private final Map<String, Doubt> inDoubt = new ConcurrentHashMap<>();

    private volatile boolean closed;
    private final AtomicLong resubmits = new AtomicLong();

    /** What becomes of a handle after its submit. */
    interface Lifecycle {

        /** The server has it, and its id is stored or will be. */
        void submitted(StatementHandle handle, StatementStatus status);

        /** Whether the server has it is not known, and it is not submitted again. */
        void doubted(StatementHandle intent);
    }

    /** No answer came to a submit, and its sender is told later. */
    private record Doubt(
            StatementHandle intent, SubmitOutcomeUnknownException failure, CompletableFuture<Submitted> answer) {

        void tell() {
            answer.completeExceptionally(withKey(failure, intent));
        }
    }

    /** A submit on its way. */
    private record Attempt(
            Submission submission,
            StatementHandle intent,
            StatementRequest request,
            CompletableFuture<Submitted> answer) {}

    /**
     * @param longestDoubt a submit that waits to be found waits no longer
     * @param executor its threads call the repository, which may block
     */
    HandleSubmitter(
            StatementClient client,
            HandleLedger ledger,
            Persistence persistence,
            Lifecycle lifecycle,
            Function<StatementHandle, Duration> longestDoubt,
            InstantSource clock,
            Delayer delayer,
            Executor executor,
            RandomGenerator random) {
        this.client = client;
        this.ledger = ledger;
        this.persistence = persistence;
        this.lifecycle = lifecycle;
        this.longestDoubt = longestDoubt;
        this.clock = clock;
        this.delayer = delayer;
        this.executor = executor;
        this.random = random;
    }

    /** How many statements were submitted again because no answer came. */
    long resubmits() {
        return resubmits.get();
    }

    CompletionStage<Submitted> submit(Submission submission) {
        CompletableFuture<Submitted> answer = new CompletableFuture<>();
        try {
            executor.execute(() -> intend(submission, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(notSubmitted("The component is stopping", null));
        }
        return answer;
    }

    private void intend(Submission submission, CompletableFuture<Submitted> answer) {
        try {
            StatementHandle intent = intent(submission);
            StatementRequest tagged = tagged(submission.request(), intent.key());
            if (store(intent, answer)) {
                send(new Attempt(submission, intent, tagged, answer), 1);
            }
        } catch (Throwable e) { // an error too must reach the sender, else it waits for ever
            answer.completeExceptionally(e);
        }
    }

    private StatementHandle intent(Submission submission) {
        StatementRequest request = submission.request();
        return StatementHandle.intended(
                HandleKeys.at(clock.instant()),
                submission.name(),
                submission.target(),
                new StatementOrigin(
                        request.sqlHash(),
                        submission.headers(),
                        submission.correlationId(),
                        clock.instant(),
                        request.limits().rows(),
                        submission.returnsRows()));
    }

    /** To be called before anything is stored: an intent that can never be sent would stay for ever. */
    private static StatementRequest tagged(StatementRequest request, String key) {
        if (request.tags().asMap().size() >= QueryTags.MAX_TAGS) {
            throw new IllegalArgumentException("A submitted statement may have " + (QueryTags.MAX_TAGS - 1)
                    + " query tags, since its handle is one more; these are "
                    + request.tags().asMap().size() + ": give fewer queryTags, or autoTags=false.");
        }
        return request.withTags(request.tags().with(QueryTags.HANDLE_KEY, key));
    }

    /** @return whether the statement may be submitted now; else the sender was told why not */
    private boolean store(StatementHandle intent, CompletableFuture<Submitted> answer) {
        try {
            if (ledger.add(intent)) {
                return true;
            }
            answer.completeExceptionally(notSubmitted("This node was declared dead", null));
        } catch (HandleRepositoryException e) {
            // the row may be there all the same, and nothing belongs to it
            persistence.untilDone("The end of an intent", () -> ledger.remove(intent));
            answer.completeExceptionally(notSubmitted("The repository of handles could not be written", e));
        }
        return false;
    }

    private static TransientDatabricksException notSubmitted(String why, Throwable cause) {
        return new TransientDatabricksException(why + ", so nothing was submitted", ErrorDetails.none(), cause);
    }

    private void send(Attempt attempt, int number) {
        CompletionStage<StatementStatus> sent;
        try {
            sent = client.submit(attempt.request());
        } catch (RuntimeException | Error e) {
            sent = CompletableFuture.failedFuture(e);
        }
        sent.whenComplete((status, failure) -> soon(() -> answered(attempt, number, status, failure)));
    }

    /** What the server said must be worked on even when this is being stopped. */
    private void soon(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException e) {
            work.run();
        }
    }

    private void answered(Attempt attempt, int number, StatementStatus status, Throwable failure) {
        try {
            if (failure == null) {
                accepted(attempt, status);
            } else {
                Throwable cause = unwrapped(failure);
                if (cause instanceof SubmitOutcomeUnknownException unknown) {
                    doubted(attempt, number, unknown);
                } else if (cause instanceof Error) {
                    // it may have come up anywhere on the way
                    doubted(
                            attempt,
                            number,
                            new SubmitOutcomeUnknownException("The submit broke off", ErrorDetails.none(), cause));
                } else {
                    refused(attempt, cause);
                }
            }
        } catch (Throwable e) {
            // a mistake of ours, or an error, must not leave the sender waiting
            attempt.answer().completeExceptionally(e);
        }
    }

    private void accepted(Attempt attempt, StatementStatus status) {
        StatementHandle submitted = attempt.intent().withSubmitted(status.id(), clock.instant());
        boolean ours = true;
        try {
            ours = ledger.write(submitted);
        } catch (RuntimeException e) {
            LOG.warn("The id of handle {} could not be stored; trying again: {}", submitted.key(), e.toString());
            persistence.untilDone("The id of handle " + submitted.key(), () -> ledger.write(submitted));
        }
        if (ours) {
            lifecycle.submitted(submitted, status);
        } else {
            LOG.warn("Handle {} belongs to another node now, which finds its statement by its tag", submitted.key());
        }
        attempt.answer().complete(new Submitted(submitted, status));
    }

    private void refused(Attempt attempt, Throwable failure) {
        StatementHandle intent = attempt.intent();
        try {
            ledger.remove(intent);
        } catch (RuntimeException e) {
            persistence.untilDone("The end of intent " + intent.key(), () -> ledger.remove(intent));
        }
        attempt.answer().completeExceptionally(failure);
    }

    private void doubted(Attempt attempt, int number, SubmitOutcomeUnknownException failure) {
        StatementHandle intent = attempt.intent();
        switch (attempt.submission().guarantee()) {
            case AT_LEAST_ONCE -> {
                if (number < MOST_ATTEMPTS && !closed) {
                    long count = resubmits.incrementAndGet();
                    LOG.warn(
                            "No answer came to the submit of handle {}, so it is submitted again ({} in all): {}",
                            intent.key(),
                            count,
                            failure.getMessage());
                    Duration pause =
                            RESUBMITS.delay(number, Optional.empty(), random).orElseThrow();
                    Doubt doubt = new Doubt(intent, failure, attempt.answer());
                    putOff(doubt, pause, () -> send(attempt, number + 1));
                    return;
                }
                attempt.answer().completeExceptionally(withKey(failure, intent));
            }
            case RECONCILE -> {
                Doubt doubt = new Doubt(intent, failure, attempt.answer());
                putOff(doubt, longestDoubt.apply(intent), doubt::tell);
            }
            case AT_MOST_ONCE -> attempt.answer().completeExceptionally(withKey(failure, intent));
        }
        lifecycle.doubted(intent);
    }

    /** @param over what is done when nothing has become known in the meantime */
    private void putOff(Doubt doubt, Duration time, Runnable over) {
        String key = doubt.intent().key();
        inDoubt.put(key, doubt);
        delayer.after(time, () -> {
            if (inDoubt.remove(key, doubt)) {
                over.run();
            }
        });
        if (closed) {
            close();
        }
    }

    /** The statement of an intent was found. */
    void found(StatementHandle submitted) {
        Doubt doubt = inDoubt.remove(submitted.key());
        if (doubt != null) {
            doubt.answer().complete(new Submitted(submitted, null));
        }
    }

    /** Nobody waits any longer: what is in doubt is told so, and found out by the next owner of its intent. */
    void close() {
        closed = true;
        inDoubt.forEach((key, doubt) -> {
            if (inDoubt.remove(key, doubt)) {
                soon(doubt::tell);
            }
        });
    }

    /** The statement of an intent was not found in time. */
    void notFound(StatementHandle lost) {
        Doubt doubt = inDoubt.remove(lost.key());
        if (doubt != null) {
            doubt.answer().completeExceptionally(new SubmitOutcomeUnknownException(
                    "No answer came to the submit of handle " + lost.key()
                            + ", and the query history does not show the statement; it may or may not have run, so look"
                            + " before repeating it",
                    ErrorDetails.none(),
                    null));
        }
    }

    private static SubmitOutcomeUnknownException withKey(
            SubmitOutcomeUnknownException failure, StatementHandle intent) {
        ErrorDetails details = new ErrorDetails(
                failure.getStatementId(),
                failure.getState(),
                failure.getSqlState(),
                failure.getErrorCode(),
                failure.getHttpStatus());
        String text = failure.getMessage() + " (query tag " + QueryTags.HANDLE_KEY + "=" + intent.key() + ")";
        return new SubmitOutcomeUnknownException(text, details, failure);
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
