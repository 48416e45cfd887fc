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
package io.cameldatabricks.component.outcome;

import java.time.InstantSource;
import java.util.Objects;

import io.cameldatabricks.component.deliver.NotDeliveredException;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RateLimitedException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.execute.StatementResult;
import io.cameldatabricks.component.execute.StatementRunner;
import io.cameldatabricks.component.statement.ForeignHandleException;
import io.cameldatabricks.component.statement.HandleOutcome;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.Transport;

/** Finds out what became of claimed handles, and reads the rows of those that succeeded. Safe for many threads. */
public final class HandleResults {

    private final StatementRunner runner;
    private final ResultSettings settings;
    private final InstantSource clock;
    private final String workspace;
    private final Transport transport;

    /**
     * What a route is told.
     *
     * @param result null when there is none to be had
     * @param failure why; null for a statement that succeeded and whose result was released
     */
    public record Outcome(StatementResult result, DatabricksException failure) {

        /** When no route gets it after all. */
        public void close() {
            if (result != null) {
                result.close();
            }
        }
    }

    /**
     * @param workspace of this endpoint
     * @param transport of this endpoint
     */
    public HandleResults(
            StatementRunner runner,
            ResultSettings settings,
            InstantSource clock,
            String workspace,
            Transport transport) {
        this.runner = Objects.requireNonNull(runner);
        this.settings = Objects.requireNonNull(settings);
        this.clock = Objects.requireNonNull(clock);
        this.workspace = Objects.requireNonNull(workspace);
        this.transport = Objects.requireNonNull(transport);
    }

    /**
     * Blocks until the rows are read.
     *
     * @throws NotDeliveredException when they cannot be read at the moment
     */
    public Outcome read(StatementHandle handle) {
        requireReachable(handle);
        HandleOutcome outcome = HandleOutcome.of(handle, clock.instant());
        if (outcome != HandleOutcome.SUCCEEDED && outcome != HandleOutcome.RESULT_EXPIRED) {
            return new Outcome(null, OutcomeFailures.of(handle, outcome));
        }
        try {
            // the time to which rows are kept is only known from below, so those that should be gone are asked for too
            return new Outcome(runner.fetch(handle.statementId(), settings, rowLimit(handle)), null);
        } catch (DatabricksException e) {
            if (!passes(e)) {
                return new Outcome(null, e);
            }
            if (outcome == HandleOutcome.RESULT_EXPIRED) {
                return new Outcome(null, OutcomeFailures.of(handle, outcome));
            }
            throw NotDeliveredException.outOfReach("The rows cannot be read at the moment", e);
        }
    }

    private static int rowLimit(StatementHandle handle) {
        return (int) Math.min(Integer.MAX_VALUE, handle.origin().rowLimit());
    }

    /** Whether the same rows may be read later. */
    private static boolean passes(DatabricksException failure) {
        return failure instanceof TransientDatabricksException
                || failure instanceof RecoverableDatabricksException
                || failure instanceof RateLimitedException
                || failure instanceof PermanentDatabricksException refused
                        && refused.getHttpStatus() != null
                        && refused.getHttpStatus() == 401;
    }

    private void requireReachable(StatementHandle handle) {
        if (handle.statementId() == null) {
            return;
        }
        try {
            handle.reference().orElseThrow().requireReachable(workspace, transport);
        } catch (ForeignHandleException e) {
            // somebody else who shares the repository can read it
            throw NotDeliveredException.outOfReach(e.getMessage(), e);
        }
    }
}
