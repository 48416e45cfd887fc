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
package io.cameldatabricks.component.workspace;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import io.cameldatabricks.component.client.Capabilities;
import io.cameldatabricks.component.client.FoundStatement;
import io.cameldatabricks.component.client.ResultSummary;
import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.client.TagSearch;
import io.cameldatabricks.component.event.StatementListener;
import io.cameldatabricks.component.event.WorkspaceCall;
import io.cameldatabricks.component.event.WorkspaceCall.Kind;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementStatus;

/** Tells of every call to a workspace, over whichever transport. Thread-safe. */
final class ObservedClient implements StatementClient {

    private final StatementClient client;
    private final String workspace;
    private final StatementListener listener;

    /**
     * @param client does the work; closed with this
     * @param workspace as meters show it
     */
    ObservedClient(StatementClient client, String workspace, StatementListener listener) {
        this.client = Objects.requireNonNull(client, "client");
        this.workspace = Objects.requireNonNull(workspace, "workspace");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    private <T> CompletionStage<T> told(Kind kind, int statements, CompletionStage<T> answer, long begin) {
        return answer.whenComplete((value, failure) -> listener.called(
                new WorkspaceCall(workspace, kind, statements, Duration.ofNanos(System.nanoTime() - begin), failure)));
    }

    @Override
    public Capabilities capabilities() {
        return client.capabilities();
    }

    @Override
    public CompletionStage<StatementStatus> submit(StatementRequest request) {
        long begin = System.nanoTime();
        return told(Kind.SUBMIT, 1, client.submit(request), begin);
    }

    @Override
    public CompletionStage<Optional<StatementStatus>> status(StatementId id, Urgency urgency) {
        long begin = System.nanoTime();
        return told(Kind.STATUS, 1, client.status(id, urgency), begin);
    }

    @Override
    public CompletionStage<Map<StatementId, StatementStatus>> statuses(Collection<StatementId> ids, Urgency urgency) {
        long begin = System.nanoTime();
        return told(Kind.HISTORY, ids.size(), client.statuses(ids, urgency), begin);
    }

    @Override
    public CompletionStage<Map<String, FoundStatement>> find(TagSearch search) {
        long begin = System.nanoTime();
        return told(Kind.FIND, 1, client.find(search), begin);
    }

    @Override
    public CompletionStage<ResultSummary> result(StatementId id) {
        long begin = System.nanoTime();
        return told(Kind.RESULT, 1, client.result(id), begin);
    }

    @Override
    public CompletionStage<Boolean> cancel(StatementId id) {
        long begin = System.nanoTime();
        return told(Kind.CANCEL, 1, client.cancel(id), begin);
    }

    @Override
    public CompletionStage<Boolean> release(StatementId id) {
        long begin = System.nanoTime();
        return told(Kind.CLOSE, 1, client.release(id), begin);
    }

    @Override
    public void close() {
        client.close();
    }
}
