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
package io.cameldatabricks.component;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.TransientDatabricksException;

/**
 * The work of one exchange, which ends with exactly one callback: after it ran, or after it was abandoned.
 *
 * <p>The route goes on on another thread than the one that ran the statement. A route that sends to the same endpoint
 * again and waits for the answer would otherwise hold the very thread that has to give it.
 */
final class ExchangeTask implements Runnable {

    private final Exchange exchange;
    private final AsyncCallback callback;
    private final Executor continuations;
    private final Runnable work;
    private final String abandoned;
    private final AtomicBoolean done = new AtomicBoolean();

    /**
     * @param work runs the operation and writes its result into the exchange
     * @param continuations where the route goes on
     */
    ExchangeTask(Exchange exchange, AsyncCallback callback, Executor continuations, Runnable work) {
        this(exchange, callback, continuations, work, "The component was stopped before the statement was sent");
    }

    /**
     * @param abandoned what is said when the work is not run
     */
    ExchangeTask(Exchange exchange, AsyncCallback callback, Executor continuations, Runnable work, String abandoned) {
        this.abandoned = abandoned;
        this.exchange = exchange;
        this.callback = callback;
        this.continuations = continuations;
        this.work = work;
    }

    @Override
    public void run() {
        try {
            work.run();
        } catch (Throwable e) { // an error too must reach the route, else it waits for ever
            ExchangeWriter.writeFailure(exchange, e);
        } finally {
            done();
        }
    }

    /** Ends the exchange without running its work. */
    void abandon() {
        ExchangeWriter.writeFailure(exchange, new TransientDatabricksException(abandoned, ErrorDetails.none(), null));
        done();
    }

    private void done() {
        if (!done.compareAndSet(false, true)) {
            return;
        }
        try {
            continuations.execute(() -> callback.done(false));
        } catch (RejectedExecutionException e) {
            // stopping, or swamped: slower on this thread, but never lost
            callback.done(false);
        }
    }
}
