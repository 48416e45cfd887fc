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
import java.util.Locale;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.cameldatabricks.component.event.OperationEnd;
import io.cameldatabricks.component.event.Outcome;
import io.cameldatabricks.component.event.StatementListener;
import io.cameldatabricks.component.event.WorkspaceCall;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

/**
 * Counts and times what happens. The tags are names of endpoints, operations, pools and workspaces, all few. Needs Micrometer
 * on the class path. Safe for many threads.
 */
public final class Meters implements StatementListener {

    /** Before the name of every meter. */
    public static final String PREFIX = "databricks.";

    private final MeterRegistry registry;

    public Meters(MeterRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry");
    }

    @Override
    public void operationEnded(OperationEnd end) {
        Timer.builder(PREFIX + "operations")
                .description("Messages that producers have answered")
                .tag("name", end.name())
                .tag("operation", end.operation())
                .tag("outcome", end.outcome().tag())
                .register(registry)
                .record(end.time());
    }

    @Override
    public void queued(String pool, Duration wait) {
        Timer.builder(PREFIX + "statements.queue")
                .description("How long statements wait for their turn on a connection")
                .tag("pool", pool)
                .register(registry)
                .record(wait);
    }

    @Override
    public void executed(String pool, Duration time, long rowsWritten, Throwable failure) {
        Timer.builder(PREFIX + "statements.run")
                .description("Statements on connections, with the reading of their rows")
                .tag("pool", pool)
                .tag("outcome", Outcome.of(failure).tag())
                .register(registry)
                .record(time);
        if (rowsWritten > 0) {
            Counter.builder(PREFIX + "rows.written")
                    .description("Rows that statements have written")
                    .tag("pool", pool)
                    .register(registry)
                    .increment(rowsWritten);
        }
    }

    @Override
    public void rowsRead(String pool, long rows) {
        if (rows > 0) {
            Counter.builder(PREFIX + "rows.read")
                    .description("Rows that were read from connections")
                    .tag("pool", pool)
                    .register(registry)
                    .increment(rows);
        }
    }

    @Override
    public void called(WorkspaceCall call) {
        Timer.builder(PREFIX + "calls")
                .description("Calls to the workspace, with the wait for the rate limiter")
                .tag("workspace", call.workspace())
                .tag("call", call.kind().tag())
                .tag("outcome", call.outcome().tag())
                .register(registry)
                .record(call.time());
    }

    @Override
    public void submitted(StatementHandle handle) {
        Counter.builder(PREFIX + "handles.submitted")
                .description("Statements that were submitted with a handle")
                .tag("name", handle.name())
                .register(registry)
                .increment();
    }

    @Override
    public void ended(StatementHandle handle) {
        String state = handle.state() == HandleState.LOST
                ? "lost"
                : handle.status().state().name().toLowerCase(Locale.ROOT);
        if (handle.submittedAt() == null) {
            // never found, so that nobody knows how long it has run
            counter("handles.never.found", "Submits of which nobody knows what became", handle.name());
            return;
        }
        Timer.builder(PREFIX + "handles.time")
                .description("Submitted statements, from their submit to their end")
                .tag("name", handle.name())
                .tag("state", state)
                .register(registry)
                .record(positive(Duration.between(handle.submittedAt(), handle.completedAt())));
        if (handle.status() != null && handle.status().endedAt() != null) {
            Timer.builder(PREFIX + "handles.detection")
                    .description("How long after its end, by the clock of the server, the end of a statement was seen")
                    .tag("name", handle.name())
                    .register(registry)
                    .record(positive(Duration.between(
                            handle.status().endedAt(), handle.status().observedAt())));
        }
        if (handle.status() != null && handle.status().size() != null) {
            summary("result.rows", "rows", handle.name(), handle.status().size().rows());
            summary(
                    "result.size",
                    "bytes",
                    handle.name(),
                    handle.status().size().bytes());
        }
    }

    @Override
    public void delivered(StatementHandle handle) {
        delivery(handle, "delivered");
    }

    @Override
    public void deliveryFailed(StatementHandle handle, Throwable failure, Duration redeliveryIn) {
        delivery(handle, "failed");
    }

    @Override
    public void buried(StatementHandle handle, String reason) {
        delivery(handle, "dead");
    }

    @Override
    public void givenBack(StatementHandle handle, Throwable reason) {
        delivery(handle, "given_back");
    }

    @Override
    public void claimLost(StatementHandle handle, boolean delivered) {
        delivery(handle, "claim_lost");
    }

    private void delivery(StatementHandle handle, String outcome) {
        Counter.builder(PREFIX + "deliveries")
                .description("Deliveries of handles to routes")
                .tag("name", handle.name())
                .tag("outcome", outcome)
                .register(registry)
                .increment();
        if (outcome.equals("delivered") && handle.delivery().count() > 1) {
            counter("redeliveries", "Handles that were delivered after an earlier delivery had failed", handle.name());
        }
    }

    private void counter(String meter, String description, String name) {
        Counter.builder(PREFIX + meter)
                .description(description)
                .tag("name", name)
                .register(registry)
                .increment();
    }

    private void summary(String meter, String unit, String name, long amount) {
        DistributionSummary.builder(PREFIX + meter)
                .description("Results of submitted statements, as the server has announced them")
                .baseUnit(unit)
                .tag("name", name)
                .register(registry)
                .record(amount);
    }

    /** The clock of the server may be ahead of ours. */
    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
