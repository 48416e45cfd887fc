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

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.thread.StatementTask;

/** The work of one exchange, which ends with exactly one callback: after it ran, or after it was abandoned. */
final class ExchangeTask implements StatementTask {

    private final Exchange exchange;
    private final AsyncCallback callback;
    private final BooleanSupplier work;
    private final Supplier<? extends Throwable> abandoned;
    private final AtomicBoolean done = new AtomicBoolean();
    private Runnable whenStarted = () -> {};
    private boolean goesOnLater;

    /**
     * @param work runs the operation and writes its result into the exchange
     */
    ExchangeTask(Exchange exchange, AsyncCallback callback, Runnable work) {
        this(exchange, callback, work, "The component was stopped before the statement was sent");
    }

    /**
     * @param work runs the operation and writes its result into the exchange
     * @param abandoned what is said when the work is not run
     */
    ExchangeTask(Exchange exchange, AsyncCallback callback, Runnable work, String abandoned) {
        this(
                exchange,
                callback,
                () -> {
                    work.run();
                    return true;
                },
                () -> new TransientDatabricksException(abandoned, ErrorDetails.none(), null));
    }

    /**
     * @param work runs the operation; true when its result is in the exchange, false when another task goes on with it,
     *     which then ends the exchange
     * @param abandoned what the exchange fails with when the work is not run
     */
    ExchangeTask(
            Exchange exchange, AsyncCallback callback, BooleanSupplier work, Supplier<? extends Throwable> abandoned) {
        this.abandoned = abandoned;
        this.exchange = exchange;
        this.callback = callback;
        this.work = work;
    }

    @Override
    public void whenStarted(Runnable begin) {
        whenStarted = begin;
    }

    /** Does the work; what it throws is written into the exchange. */
    @Override
    public void run() {
        try {
            whenStarted.run();
            goesOnLater = !work.getAsBoolean();
        } catch (Throwable e) { // an error too must reach the route, else it waits for ever
            ExchangeWriter.writeFailure(exchange, e);
        }
    }

    /** The route goes on, on this thread. */
    @Override
    public void goOn() {
        if (!goesOnLater && done.compareAndSet(false, true)) {
            callback.done(false);
        }
    }

    /** Ends the exchange without running its work. */
    @Override
    public void abandon() {
        ExchangeWriter.writeFailure(exchange, abandoned.get());
        goOn();
    }
}
