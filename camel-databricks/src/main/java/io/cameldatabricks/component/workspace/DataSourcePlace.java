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

import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import javax.sql.DataSource;

import io.cameldatabricks.component.client.jdbc.ConnectionTarget;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.pool.DataSourcePool;
import io.cameldatabricks.component.statement.StatementTarget;

/**
 * Where the connections of a user's data source lead: only a connection tells, so one is borrowed when somebody first wants
 * to know. Once known it stays. Safe for many threads.
 */
public final class DataSourcePlace implements StatementPlace {

    private final DataSourcePool connections;
    private final String kind;
    private final Executor executor;
    private volatile StatementTarget known;
    private CompletableFuture<StatementTarget> finding;

    /** @param executor may be blocked for a moment */
    public DataSourcePlace(DataSource dataSource, Executor executor) {
        this.connections = new DataSourcePool(dataSource);
        this.kind = dataSource.getClass().getName();
        this.executor = executor;
    }

    @Override
    public boolean isKnown() {
        return known != null;
    }

    @Override
    public synchronized CompletionStage<StatementTarget> find() {
        if (finding == null || finding.isCompletedExceptionally()) {
            CompletableFuture<StatementTarget> answer = new CompletableFuture<>();
            finding = answer;
            try {
                executor.execute(() -> {
                    try {
                        answer.complete(target());
                    } catch (RuntimeException | Error e) {
                        answer.completeExceptionally(e);
                    }
                });
            } catch (RejectedExecutionException e) {
                answer.completeExceptionally(
                        new TransientDatabricksException("The component is stopping", ErrorDetails.none(), null));
            }
        }
        return finding.copy();
    }

    @Override
    public StatementTarget target() {
        StatementTarget target = known;
        if (target == null) {
            Connection connection = connections.borrow();
            try {
                target = ConnectionTarget.of(connection);
                known = target;
            } finally {
                connections.giveBack(connection);
            }
        }
        return target;
    }

    /** Without the bean's own words, which may hold a password. */
    @Override
    public String toString() {
        return "DataSourcePlace[" + kind + "]";
    }
}
