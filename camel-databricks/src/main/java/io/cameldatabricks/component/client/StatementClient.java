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
package io.cameldatabricks.component.client;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementStatus;

/**
 * Statements on one server. Every call returns at once; a failure comes through the stage, as a
 * {@link io.cameldatabricks.component.error.DatabricksException} that says what to do next, or as an
 * {@link io.cameldatabricks.component.statement.UnknownStatementStateException}. That a statement failed is no failure
 * of the call. Thread-safe.
 */
public interface StatementClient extends AutoCloseable {

    /** What this client can do. */
    Capabilities capabilities();

    /**
     * Starts a statement. Repeated only after a refusal that proves that nothing was started.
     *
     * @return the id and the first state; fails with
     *     {@link io.cameldatabricks.component.error.SubmitOutcomeUnknownException} when the statement may have started,
     *     and with any other exception when it has certainly not
     */
    CompletionStage<StatementStatus> submit(StatementRequest request);

    /**
     * Asks for one statement, which also keeps it alive. May take 5 s.
     *
     * @param urgency how much the answer suffers from waiting
     * @return empty when the server does not know the statement
     */
    CompletionStage<Optional<StatementStatus>> status(StatementId id, Urgency urgency);

    /**
     * Asks for many statements at once. The answer is a hint: it may be late, so an end must be confirmed with
     * {@link #status}, and it keeps no statement alive.
     *
     * @param ids at most {@link Capabilities#bulkStatus()}
     * @return what the server said; a statement that is missing is not known there yet, or any more
     */
    CompletionStage<Map<StatementId, StatementStatus>> statuses(Collection<StatementId> ids, Urgency urgency);

    /**
     * Looks statements up by a tag.
     *
     * @return by the tag's value; a value is missing when there is none, or none yet
     */
    CompletionStage<Map<String, FoundStatement>> find(TagSearch search);

    /**
     * Describes the result of a statement that succeeded.
     *
     * @return fails with {@link io.cameldatabricks.component.error.ResultExpiredException} when the rows are gone, and
     *     with the statement's own failure when it did not succeed
     */
    CompletionStage<ResultSummary> result(StatementId id);

    /**
     * Asks the server to stop a statement. It may have ended before, and the server may ignore it: only {@link #status}
     * tells.
     *
     * @return false when the server does not know the statement
     */
    CompletionStage<Boolean> cancel(StatementId id);

    /**
     * Releases the result on the server. A statement that still runs may be stopped by it.
     *
     * @return false when the server does not know the statement
     */
    CompletionStage<Boolean> release(StatementId id);

    /** Gives up connections. Statements are left alone. */
    @Override
    void close();
}
