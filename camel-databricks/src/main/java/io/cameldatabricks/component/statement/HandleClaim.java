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
import java.util.Objects;

/**
 * Who delivers a handle now. Immutable.
 *
 * @param node name of the owner
 * @param epoch grows with every lease of the node; a write with an older one changes nothing
 * @param leaseUntil after this time, by the clock of the repository, others may take the handle
 */
public record HandleClaim(String node, long epoch, Instant leaseUntil) {

    public HandleClaim {
        if (node == null || node.isBlank()) {
            throw new IllegalArgumentException("A claim needs the name of its node");
        }
        if (epoch < 0) {
            throw new IllegalArgumentException("The epoch of a claim must be 0 or more");
        }
        Objects.requireNonNull(leaseUntil, "leaseUntil");
    }

    /** Whether the lease has run out. */
    public boolean isOver(Instant now) {
        return !now.isBefore(leaseUntil);
    }
}
