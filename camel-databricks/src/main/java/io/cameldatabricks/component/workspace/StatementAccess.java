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
import java.time.InstantSource;

import io.cameldatabricks.component.client.EndingStatementClient;
import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.pool.Shared;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.thread.AsyncThreads;
import io.cameldatabricks.component.track.StatementAwaiter;

/**
 * Statements of one workspace that hold no thread: their client, and who waits for their end. Shared by the endpoints that
 * reach the workspace in the same way. Safe for many threads.
 */
public final class StatementAccess implements AutoCloseable {

    /** What makes two endpoints share. */
    public interface Key {

        Transport transport();

        /** Host of the workspace, with the port where it is not 443. */
        String workspace();

        /** Makes the client. */
        StatementClient open(Means means);
    }

    /**
     * What a client is made with.
     *
     * @param userAgent how the component names itself to the server
     * @param warehouses the pools of the component
     */
    public record Means(
            AsyncStatements statements,
            AsyncThreads threads,
            String userAgent,
            Shared<WarehouseAccess.Key, WarehouseAccess> warehouses,
            InstantSource clock) {}

    /** For answers to submits that are under way when the component stops. */
    private static final Duration SUBMIT_PATIENCE = Duration.ofSeconds(5);

    private final Key key;
    private final StatementClient client;
    private final StatementAwaiter awaiter;
    private final AwaitedStatements awaited = new AwaitedStatements();
    private final Delayer delayer;

    StatementAccess(Key key, Means means) {
        this.key = key;
        this.delayer = means.threads().httpDelayer();
        StatementClient observed = new ObservedClient(
                key.open(means), key.workspace(), means.statements().observer().listener());
        this.client = new EndingStatementClient(observed, SUBMIT_PATIENCE);
        this.awaiter = new StatementAwaiter(
                client, means.clock(), delayer, means.statements().random());
    }

    /** What makes others share it. */
    public Key key() {
        return key;
    }

    /** Closed with this. */
    public StatementClient client() {
        return client;
    }

    StatementAwaiter awaiter() {
        return awaiter;
    }

    /** Its threads never wait for anything. */
    public Delayer delayer() {
        return delayer;
    }

    /** What exchanges wait for. */
    AwaitedStatements awaited() {
        return awaited;
    }

    /** Statements are left running, but for those that an exchange waits for: they end as their endpoint says. */
    @Override
    public void close() {
        awaited.stop();
        awaiter.close();
        client.close();
    }
}
