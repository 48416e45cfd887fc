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
package io.cameldatabricks.component.observe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;

import io.cameldatabricks.component.event.OperationEnd;
import io.cameldatabricks.component.event.StatementListener;
import io.cameldatabricks.component.event.WorkspaceCall;
import io.cameldatabricks.component.statement.StatementHandle;

/** The last failures, for the console. Safe for many threads. */
public final class RecentErrors implements StatementListener {

    /** So many are kept. */
    public static final int KEPT = 20;

    private final InstantSource clock;

    // guarded by itself
    private final Deque<RecentError> errors = new ArrayDeque<>();

    public RecentErrors(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** The youngest first. */
    public List<RecentError> list() {
        synchronized (errors) {
            List<RecentError> youngestFirst = new ArrayList<>(errors);
            Collections.reverse(youngestFirst);
            return youngestFirst;
        }
    }

    private void add(String where, String what, Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        RecentError error = RecentError.of(clock.instant(), where, what, cause);
        synchronized (errors) {
            if (errors.size() == KEPT) {
                errors.removeFirst();
            }
            errors.addLast(error);
        }
    }

    @Override
    public void operationEnded(OperationEnd end) {
        if (end.failure() != null) {
            add(end.name(), end.operation(), end.failure());
        }
    }

    @Override
    public void called(WorkspaceCall call) {
        // the other calls are made for a message, which ends with the same failure
        boolean ofOurOwn = call.kind() == WorkspaceCall.Kind.STATUS
                || call.kind() == WorkspaceCall.Kind.HISTORY
                || call.kind() == WorkspaceCall.Kind.FIND;
        if (call.failure() != null && ofOurOwn) {
            add(call.workspace(), call.kind().tag(), call.failure());
        }
    }

    @Override
    public void deliveryFailed(StatementHandle handle, Throwable failure, Duration redeliveryIn) {
        add(handle.name(), "delivery of " + handle.key(), failure);
    }

    @Override
    public void givenBack(StatementHandle handle, Throwable reason) {
        if (reason.getCause() != null) {
            add(handle.name(), "delivery of " + handle.key(), reason.getCause());
        }
    }

    @Override
    public void repositoryFailed(Throwable failure) {
        add("handles", "repository", failure);
    }
}
