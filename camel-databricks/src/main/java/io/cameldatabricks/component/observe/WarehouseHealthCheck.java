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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.apache.camel.health.HealthCheckResultBuilder;

import io.cameldatabricks.component.pool.ComputeReport;

/**
 * Whether statements can be sent: asks the workspace over REST for the state of the warehouse or cluster. Never runs SQL, so
 * that it neither wakes a warehouse nor keeps one awake. One that is stopped is well, since it starts for whoever sends a
 * statement.
 */
public final class WarehouseHealthCheck extends HealthDetails {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Set<String> GONE = Set.of("DELETED", "DELETING", "ERROR");

    private final String place;
    private final Supplier<CompletableFuture<ComputeReport>> report;

    /**
     * @param place host and path, without any secret
     * @param report must not block
     */
    public WarehouseHealthCheck(String id, String place, Supplier<CompletableFuture<ComputeReport>> report) {
        super(id);
        this.place = Objects.requireNonNull(place, "place");
        this.report = Objects.requireNonNull(report, "report");
    }

    @Override
    void look(HealthCheckResultBuilder builder) {
        builder.detail("warehouse", place);
        try {
            judge(builder, report.get().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            builder.unknown().message("The look at the workspace was interrupted");
        } catch (ExecutionException | TimeoutException e) {
            builder.down().message("The workspace has not answered within " + PATIENCE.toSeconds() + " s");
        }
    }

    private static void judge(HealthCheckResultBuilder builder, ComputeReport seen) {
        if (seen.httpStatus() != null) {
            builder.detail(HTTP_RESPONSE_CODE, seen.httpStatus());
        }
        switch (seen.answer()) {
            case TOLD -> {
                builder.detail("warehouse.state", seen.word());
                if (GONE.contains(seen.word())) {
                    builder.down().message("It is " + seen.word());
                } else {
                    builder.up();
                }
            }
            case REFUSED -> refused(builder, seen.httpStatus());
            case OUT_OF_REACH ->
                builder.down()
                        .detail("reason", seen.trouble())
                        .message("The workspace cannot be reached, or nobody can log in");
            case NOT_ASKED -> builder.unknown().message("Its state cannot be seen without running a statement");
        }
    }

    private static void refused(HealthCheckResultBuilder builder, int status) {
        switch (status) {
            case 401 -> builder.down().message("The login is refused");
            case 403 -> builder.unknown().message("The login may not see its state");
            case 404 -> builder.down().message("There is none of this id, or the login may not know of it");
            default -> builder.unknown().message("The workspace did not tell its state");
        }
    }
}
