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
package io.cameldatabricks.component.event;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.statement.StatementHandle;

/** Tells several listeners. One that throws is logged, and felt by nobody. Safe for many threads. */
public final class StatementListeners implements StatementListener {

    private static final Logger LOG = LoggerFactory.getLogger(StatementListeners.class);

    private final List<StatementListener> listeners;

    public StatementListeners(List<StatementListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    private void each(Consumer<StatementListener> news) {
        for (StatementListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException
                    | LinkageError e) { // a library that does not fit must not keep an exchange waiting
                LOG.warn("{} failed", listener.getClass().getName(), e);
            }
        }
    }

    @Override
    public void operationEnded(OperationEnd end) {
        each(listener -> listener.operationEnded(end));
    }

    @Override
    public void queued(String pool, Duration wait) {
        each(listener -> listener.queued(pool, wait));
    }

    @Override
    public void executed(String pool, Duration time, long rowsWritten, Throwable failure) {
        each(listener -> listener.executed(pool, time, rowsWritten, failure));
    }

    @Override
    public void rowsRead(String pool, long rows) {
        each(listener -> listener.rowsRead(pool, rows));
    }

    @Override
    public void called(WorkspaceCall call) {
        each(listener -> listener.called(call));
    }

    @Override
    public void submitted(StatementHandle handle) {
        each(listener -> listener.submitted(handle));
    }

    @Override
    public void ended(StatementHandle handle) {
        each(listener -> listener.ended(handle));
    }

    @Override
    public void delivered(StatementHandle handle) {
        each(listener -> listener.delivered(handle));
    }

    @Override
    public void deliveryFailed(StatementHandle handle, Throwable failure, Duration redeliveryIn) {
        each(listener -> listener.deliveryFailed(handle, failure, redeliveryIn));
    }

    @Override
    public void buried(StatementHandle handle, String reason) {
        each(listener -> listener.buried(handle, reason));
    }

    @Override
    public void givenBack(StatementHandle handle, Throwable reason) {
        each(listener -> listener.givenBack(handle, reason));
    }

    @Override
    public void claimLost(StatementHandle handle, boolean delivered) {
        each(listener -> listener.claimLost(handle, delivered));
    }

    @Override
    public void repositoryFailed(Throwable failure) {
        each(listener -> listener.repositoryFailed(failure));
    }
}
