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
import java.util.Objects;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.deliver.DeliveryListener;
import io.cameldatabricks.component.deliver.NotDeliveredException;
import io.cameldatabricks.component.event.StatementListener;
import io.cameldatabricks.component.statement.StatementHandle;

/** Passes on what becomes of deliveries. Safe for many threads. */
class DeliveryEvents implements DeliveryListener {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryEvents.class);

    private final StatementListener listener;

    DeliveryEvents(StatementListener listener) {
        this.listener = Objects.requireNonNull(listener);
    }

    @Override
    public void confirmed(StatementHandle claimed) {
        listener.delivered(claimed);
    }

    @Override
    public void failed(StatementHandle claimed, Throwable failure, Duration redeliveryIn) {
        listener.deliveryFailed(claimed, failure, redeliveryIn);
    }

    @Override
    public void buried(StatementHandle claimed, String reason) {
        listener.buried(claimed, reason);
    }

    @Override
    public void givenBack(StatementHandle claimed, NotDeliveredException why) {
        listener.givenBack(claimed, why);
    }

    @Override
    public void claimLost(StatementHandle claimed, boolean delivered) {
        listener.claimLost(claimed, delivered);
    }

    @Override
    public void repositoryFailed(Throwable failure, Duration retryIn) {
        LOG.warn("The repository of handles is out of reach; trying again in {}", retryIn, failure);
        listener.repositoryFailed(failure);
    }
}
