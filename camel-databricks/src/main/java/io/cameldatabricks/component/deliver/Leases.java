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

import io.cameldatabricks.component.repository.NodeLease;

/** The right of this node to claim and to deliver. Implementations are safe for use by many threads. */
public interface Leases {

    /** With which this node claims now. May block and throw as a repository does. */
    NodeLease current();

    /**
     * Whether no other node can have taken over what was claimed under this lease. Answers at once, from what this node
     * knows: false in doubt, in particular when it has stood still or was cut off since it renewed the lease last.
     */
    boolean holds(NodeLease lease);
}
