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
package io.cameldatabricks.component.statement;

import java.time.Instant;

/**
 * How the delivery of a handle goes. Immutable.
 *
 * @param count how often it was claimed
 * @param nextAt not before; null for at once
 * @param settledAt when the route was done with it, or it was given up; null before
 * @param deadReason why it was given up; null otherwise
 */
public record HandleDelivery(int count, Instant nextAt, Instant settledAt, String deadReason) {

    private static final HandleDelivery NONE = new HandleDelivery(0, null, null, null);

    public HandleDelivery {
        if (count < 0) {
            throw new IllegalArgumentException("The delivery count must be 0 or more");
        }
    }

    public static HandleDelivery none() {
        return NONE;
    }
}
