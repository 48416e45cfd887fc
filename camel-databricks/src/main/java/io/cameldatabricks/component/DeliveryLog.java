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

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.deliver.DeliveryListener;
import io.cameldatabricks.component.deliver.NotDeliveredException;
import io.cameldatabricks.component.statement.StatementHandle;

/** Tells people what became of deliveries. Stateless. */
class DeliveryLog implements DeliveryListener {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryLog.class);

    @Override
    public void confirmed(StatementHandle claimed) {
        LOG.debug("Handle {} of {} is delivered", claimed.key(), claimed.name());
    }

    @Override
    public void failed(StatementHandle claimed, Throwable failure, Duration redeliveryIn) {
        LOG.warn(
                "Delivery {} of handle {} of {} failed with {}; it is due again in {}",
                claimed.delivery().count(),
                claimed.key(),
                claimed.name(),
                failure.getClass().getName(),
                redeliveryIn);
    }

    @Override
    public void buried(StatementHandle claimed, String reason) {
        LOG.error("Handle {} of {} is given up and kept as DEAD: {}", claimed.key(), claimed.name(), reason);
    }

    @Override
    public void givenBack(StatementHandle claimed, NotDeliveredException why) {
        LOG.debug("Handle {} of {} was given back", claimed.key(), claimed.name(), why);
    }

    @Override
    public void claimLost(StatementHandle claimed, boolean delivered) {
        LOG.warn(
                "The claim of handle {} of {} was lost{}, so it is delivered again",
                claimed.key(),
                claimed.name(),
                delivered ? " before its delivery could be confirmed" : "");
    }

    @Override
    public void repositoryFailed(Throwable failure, Duration retryIn) {
        LOG.warn("The repository of handles is out of reach; trying again in {}", retryIn, failure);
    }
}
