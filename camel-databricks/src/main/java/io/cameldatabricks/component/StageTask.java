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

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.thread.AsyncThreads;

/**
 * An exchange that waits for a stage and holds no thread meanwhile. It ends with exactly one callback, on a thread that the
 * route may keep.
 */
final class StageTask {

    private StageTask() {}

    /**
     * @param writer writes what came out into the exchange
     * @return false, as the exchange ends later
     */
    static <T> boolean await(
            CompletionStage<T> stage,
            Exchange exchange,
            AsyncCallback callback,
            AsyncThreads threads,
            Consumer<T> writer) {
        stage.whenComplete((value, failure) -> {
            try {
                if (failure == null) {
                    writer.accept(value);
                } else {
                    ExchangeWriter.writeFailure(exchange, shown(failure));
                }
            } catch (Throwable e) { // an error too must reach the route, else it waits for ever
                ExchangeWriter.writeFailure(exchange, e);
            }
            threads.goOn(() -> callback.done(false));
        });
        return false;
    }

    /**
     * As {@link #await}, for a stage after which there is more to do.
     *
     * @param next ends the exchange, in whatever way
     */
    static <T> boolean thenRead(
            CompletionStage<T> stage,
            Exchange exchange,
            AsyncCallback callback,
            AsyncThreads threads,
            Consumer<T> next) {
        stage.whenComplete((value, failure) -> {
            Throwable problem = failure == null ? null : shown(failure);
            if (problem == null) {
                try {
                    next.accept(value);
                    return;
                } catch (RuntimeException | Error e) {
                    // nothing was handed on, so the exchange ends here
                    problem = shown(e);
                }
            }
            ExchangeWriter.writeFailure(exchange, problem);
            threads.goOn(() -> callback.done(false));
        });
        return false;
    }

    private static Throwable shown(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof CancellationException
                ? new TransientDatabricksException(
                        "The component was stopped while it waited; the statement runs on", ErrorDetails.none(), null)
                : cause;
    }
}
