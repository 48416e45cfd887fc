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
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.component.statement.StatementHandle;

/** Senders who wait until more is known of a submit without an answer. Each is told once. Thread-safe. */
final class SubmitDoubts implements AutoCloseable {

    private final Delayer delayer;
    private final Executor executor;

    /** By the key of the intent. */
    private final Map<String, Doubt> open = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /** A submit without an answer, and who waits for it. */
    record Doubt(StatementHandle intent, SubmitOutcomeUnknownException failure, CompletableFuture<Submitted> answer) {

        /** Nothing more is known. */
        void tell() {
            ErrorDetails details = new ErrorDetails(
                    failure.getStatementId(),
                    failure.getState(),
                    failure.getSqlState(),
                    failure.getErrorCode(),
                    failure.getHttpStatus());
            String text = failure.getMessage() + " (query tag " + QueryTags.HANDLE_KEY + "=" + intent.key() + ")";
            answer.completeExceptionally(new SubmitOutcomeUnknownException(text, details, failure));
        }
    }

    /** @param executor where senders are told; never refuses */
    SubmitDoubts(Delayer delayer, Executor executor) {
        this.delayer = delayer;
        this.executor = executor;
    }

    /** @param over what is done when nothing has become known in the meantime */
    void putOff(Doubt doubt, Duration time, Runnable over) {
        String key = doubt.intent().key();
        open.put(key, doubt);
        delayer.after(time, () -> {
            if (open.remove(key, doubt)) {
                over.run();
            }
        });
        if (closed) {
            close();
        }
    }

    /** The statement of an intent was found. */
    void found(StatementHandle submitted) {
        Doubt doubt = open.remove(submitted.key());
        if (doubt != null) {
            doubt.answer().complete(new Submitted(submitted, null));
        }
    }

    /** The statement of an intent was not found in time. */
    void notFound(StatementHandle lost) {
        Doubt doubt = open.remove(lost.key());
        if (doubt != null) {
            doubt.answer()
                    .completeExceptionally(new SubmitOutcomeUnknownException(
                            "No answer came to the submit of handle " + lost.key()
                                    + ", and the query history does not show the statement; it may or may not have run,"
                                    + " so look before repeating it",
                            ErrorDetails.none(),
                            null));
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Nobody waits any longer: what is in doubt is told so, and found out by the next owner of its intent. */
    @Override
    public void close() {
        closed = true;
        open.forEach((key, doubt) -> {
            if (open.remove(key, doubt)) {
                executor.execute(doubt::tell);
            }
        });
    }
}
