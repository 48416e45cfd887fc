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
package io.cameldatabricks.component.deliver;

import java.time.Duration;

import io.cameldatabricks.component.statement.StatementHandle;

/** Is told how deliveries go. Called on the threads of the dispatcher; must not block for long, and must not throw. */
public interface DeliveryListener {

    /** The route was done with it, and that is written down. */
    void confirmed(StatementHandle claimed);

    /** The delivery failed; it is tried again. */
    void failed(StatementHandle claimed, Throwable failure, Duration redeliveryIn);

    /** The last delivery failed, or too many were never answered. It is kept as DEAD. */
    void buried(StatementHandle claimed, String reason);

    /** No route has seen it; it was given back. */
    void givenBack(StatementHandle claimed, NotDeliveredException why);

    /**
     * The claim had been lost when the outcome of the delivery was written, because this node was declared dead: another
     * node delivers the handle again.
     *
     * @param delivered whether the route was done with it here
     */
    void claimLost(StatementHandle claimed, boolean delivered);

    /** The repository could not be used. What is in flight stays so until it answers. */
    void repositoryFailed(Throwable failure, Duration retryIn);
}
