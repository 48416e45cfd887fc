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

import java.util.concurrent.CompletionStage;

import io.cameldatabricks.component.statement.StatementHandle;

/** Takes the handles that were claimed. */
@FunctionalInterface
public interface HandleReceiver {

    /**
     * Delivers one handle. Called on a thread that may block; the next handle is delivered on another one.
     *
     * @param claimed COMPLETED before, or LOST
     * @param check must be asked right before the route gets the handle; what it throws may be thrown on
     * @return ends when the user's route is done with it, and then it is confirmed. Ends with {@link NotDeliveredException}
     *     when the route has not seen it, which counts for nothing, and with any other exception when the delivery failed
     */
    CompletionStage<Void> deliver(StatementHandle claimed, ClaimCheck check);
}
