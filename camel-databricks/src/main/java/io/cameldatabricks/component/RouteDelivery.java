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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.deliver.ClaimCheck;
import io.cameldatabricks.component.deliver.HandleReceiver;
import io.cameldatabricks.component.deliver.NotDeliveredException;
import io.cameldatabricks.component.event.StatementListener;
import io.cameldatabricks.component.outcome.HandleResults;
import io.cameldatabricks.component.statement.StatementHandle;

/**
 * Sends one exchange into the route of a consumer for each handle, and tells people, and the exception handler of the consumer,
 * what did not go well. Safe for many threads.
 */
final class RouteDelivery extends DeliveryEvents implements HandleReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(RouteDelivery.class);

    private final DatabricksConsumer consumer;
    private final StatementListener listener;

    /** @param listener of the component */
    RouteDelivery(DatabricksConsumer consumer, StatementListener listener) {
        super(listener);
        this.consumer = consumer;
        this.listener = listener;
    }

    @Override
    public CompletionStage<Void> deliver(StatementHandle handle, ClaimCheck check) {
        if (consumer.isStoppingOrStopped()) {
            return CompletableFuture.failedFuture(NotDeliveredException.stopping());
        }
        HandleService service = consumer.service();
        HandleResults.Outcome outcome = service.read(handle);
        consumer.reached();
        DatabricksEndpoint endpoint = consumer.getEndpoint();
        if (outcome.failure() != null && !endpoint.getWatch().isDeliverFailures()) {
            LOG.warn(
                    "A statement of {} came to no result, and is not delivered (deliverFailures=false): {}",
                    endpoint.getName(),
                    outcome.failure().getMessage());
            return CompletableFuture.completedFuture(null);
        }
        try {
            // reading the rows may have taken its time, and this node may have stood still
            check.requireHeld();
        } catch (NotDeliveredException e) {
            outcome.close();
            throw e;
        }
        Exchange exchange = consumer.createExchange(true);
        DeliveryCompletion completion = service.fill(exchange, handle, outcome);
        // the unit of work gives a pooled exchange back; failures are told by the completion
        consumer.getAsyncProcessor().process(exchange, doneSync -> {});
        return completion.done();
    }

    @Override
    public void givenBack(StatementHandle claimed, NotDeliveredException why) {
        super.givenBack(claimed, why);
        if (why.getCause() != null) {
            consumer.readiness().failed(why.getCause());
            consumer.getExceptionHandler()
                    .handleException(
                            "Handle " + claimed.key() + " of " + claimed.name() + " could not be delivered: "
                                    + why.getMessage(),
                            why.getCause());
        }
    }

    @Override
    public void repositoryFailed(Throwable failure, Duration retryIn) {
        listener.repositoryFailed(failure);
        consumer.getExceptionHandler()
                .handleException(
                        "The handles of " + consumer.getEndpoint().getName() + " are out of reach; trying again in "
                                + retryIn,
                        failure);
    }
}
