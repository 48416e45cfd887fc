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
package io.cameldatabricks.component.observe;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.event.StatementListener;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

/**
 * One line for each event in the life of a handle, always with its key and the id of its statement, never with SQL text or
 * values: DEBUG as long as all goes well, INFO for a statement that came to a bad end, WARN and ERROR where a delivery
 * failed. Stateless.
 */
public final class LifecycleLog implements StatementListener {

    private static final Logger LOG = LoggerFactory.getLogger(LifecycleLog.class);

    @Override
    public void submitted(StatementHandle handle) {
        LOG.debug("Handle {} of {}: statement {} is submitted", handle.key(), handle.name(), handle.statementId());
    }

    @Override
    public void ended(StatementHandle handle) {
        if (handle.state() == HandleState.LOST) {
            LOG.info(
                    "Handle {} of {}: statement {} is lost, {}",
                    handle.key(),
                    handle.name(),
                    handle.statementId(),
                    handle.loss());
        } else if (handle.status().isFinished()) {
            LOG.debug(
                    "Handle {} of {}: statement {} ended as {}",
                    handle.key(),
                    handle.name(),
                    handle.statementId(),
                    handle.status().state());
        } else {
            LOG.info(
                    "Handle {} of {}: statement {} ended as {}{}",
                    handle.key(),
                    handle.name(),
                    handle.statementId(),
                    handle.status().state(),
                    handle.status().failure() == null
                            ? ""
                            : ", " + handle.status().failure().errorCode());
        }
    }

    @Override
    public void delivered(StatementHandle handle) {
        LOG.debug("Handle {} of {}: statement {} is delivered", handle.key(), handle.name(), handle.statementId());
    }

    @Override
    public void deliveryFailed(StatementHandle handle, Throwable failure, Duration redeliveryIn) {
        LOG.warn(
                "Handle {} of {}: delivery {} of statement {} failed with {}; it is due again in {}",
                handle.key(),
                handle.name(),
                handle.delivery().count(),
                handle.statementId(),
                failure.getClass().getName(),
                redeliveryIn);
    }

    @Override
    public void buried(StatementHandle handle, String reason) {
        LOG.error(
                "Handle {} of {}: statement {} is given up and kept as DEAD: {}",
                handle.key(),
                handle.name(),
                handle.statementId(),
                reason);
    }

    @Override
    public void givenBack(StatementHandle handle, Throwable reason) {
        LOG.debug(
                "Handle {} of {}: statement {} was given back",
                handle.key(),
                handle.name(),
                handle.statementId(),
                reason);
    }

    @Override
    public void claimLost(StatementHandle handle, boolean delivered) {
        LOG.warn(
                "Handle {} of {}: the claim of statement {} was lost{}, so it is delivered again",
                handle.key(),
                handle.name(),
                handle.statementId(),
                delivered ? " before its delivery could be confirmed" : "");
    }
}
