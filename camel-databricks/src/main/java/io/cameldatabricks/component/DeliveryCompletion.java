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

import java.lang.ref.Cleaner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.camel.Exchange;
import org.apache.camel.Ordered;
import org.apache.camel.support.SynchronizationAdapter;

import io.cameldatabricks.component.deliver.FinalFailureException;

/**
 * Learns how the exchange of a handle ended. It moves with the exchange: where a route hands it to another one over
 * {@code seda:}, the end is that of the other route. An exchange that is thrown away without any end counts as failed once
 * the garbage collector has found it.
 */
final class DeliveryCompletion extends SynchronizationAdapter {

    private static final Cleaner CLEANER = Cleaner.create();

    private final CompletableFuture<Void> done;
    private final Throwable told;
    private final Cleaner.Cleanable dropped;

    /** @param told the failure that the exchange began with; null if it began well */
    DeliveryCompletion(Throwable told) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        this.done = end;
        this.told = told;
        this.dropped = CLEANER.register(
                this,
                () -> end.completeExceptionally(
                        new IllegalStateException("The exchange was dropped before a route was done with it")));
    }

    /** The end of the exchange, as a {@link io.cameldatabricks.component.deliver.HandleReceiver} tells it. */
    CompletionStage<Void> done() {
        return done;
    }

    @Override
    public void onComplete(Exchange exchange) {
        if (exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()) {
            end(new IllegalStateException("The route marked the exchange for rollback"));
        } else {
            end(null);
        }
    }

    @Override
    public void onFailure(Exchange exchange) {
        Throwable failure = exchange.getException();
        // nobody handled what the statement failed with, and nobody would the next time
        end(failure == told && told != null ? new FinalFailureException(told) : failure);
    }

    private void end(Throwable failure) {
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
        dropped.clean();
    }

    /** After everything else that waits for the end, such as what closes the rows. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST;
    }
}
