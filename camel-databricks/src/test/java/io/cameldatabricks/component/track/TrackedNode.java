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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.retry.VirtualTime;
import io.cameldatabricks.component.statement.CarriedHeaders;
import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementTarget;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.statement.WarehouseId;
import io.cameldatabricks.component.watch.WatchSettings;

/** A node with one tracker, in virtual time. */
final class TrackedNode {

    static final Duration LEASE = Duration.ofSeconds(15);
    static final String WORKSPACE = "host.example.com";

    final NodeMembership membership;
    final HandleTracker tracker;

    /** Names of which something became deliverable. */
    final List<String> told = new ArrayList<>();

    private final VirtualTime time;
    private boolean frozen;

    TrackedNode(String name, VirtualTime time, StatementHandleRepository repository, VirtualWarehouse warehouse) {
        this(name, time, repository, warehouse, LEASE);
    }

    TrackedNode(
            String name,
            VirtualTime time,
            StatementHandleRepository repository,
            VirtualWarehouse warehouse,
            Duration lease) {
        this(name, time, repository, warehouse, lease, Duration.ZERO);
    }

    /** @param wrong by how much its clock is wrong */
    TrackedNode(
            String name,
            VirtualTime time,
            StatementHandleRepository repository,
            VirtualWarehouse warehouse,
            Duration lease,
            Duration wrong) {
        this.time = time;
        InstantSource clock = () -> time.instant().plus(wrong);
        this.membership = new NodeMembership(repository, name, lease, this::after, new Stopwatch(() -> 0, clock));
        this.tracker = new HandleTracker(
                WORKSPACE,
                Transport.REST,
                warehouse,
                repository,
                membership,
                new HandleTracker.Means(clock, this::after, Runnable::run, new Random(1)));
        tracker.serve("reports", WatchSettings.standard(), () -> told.add("reports"));
        time.advance(Duration.ofMillis(1));
    }

    private void after(Duration delay, Runnable task) {
        time.after(delay, () -> {
            if (!frozen) {
                task.run();
            }
        });
    }

    CompletableFuture<Submitted> submit(SubmitGuarantee guarantee) {
        return submit(guarantee, QueryTags.none());
    }

    CompletableFuture<Submitted> submit(SubmitGuarantee guarantee, QueryTags tags) {
        WarehouseId warehouse = new WarehouseId("w1");
        return tracker.submit(new Submission(
                        "reports",
                        new StatementTarget(Transport.REST, WORKSPACE, warehouse),
                        StatementRequest.of(warehouse, "SELECT 1").withTags(tags),
                        CarriedHeaders.none(),
                        null,
                        guarantee,
                        true))
                .toCompletableFuture();
    }

    CompletableFuture<Submitted> submit() {
        return submit(SubmitGuarantee.AT_MOST_ONCE);
    }

    /** Stands still, as a process that is killed or stopped by a debugger. */
    void freeze() {
        frozen = true;
    }

    void thaw() {
        frozen = false;
    }
}
