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
package io.cameldatabricks.component.repository;

import java.time.Duration;
import java.util.Objects;

/**
 * The right of one node to write, shown with every write. Immutable.
 *
 * @param node name of the node, for people; two nodes that run at the same time need two names
 * @param epoch given by the repository, larger than every one before; a node that was declared dead never gets it back
 * @param length how long the lease holds without being renewed
 */
public record NodeLease(String node, long epoch, Duration length) {

    /** Shorter leases would need more than one write a second. */
    public static final Duration SHORTEST = Duration.ofSeconds(3);

    /** Longest name of a node. */
    public static final int MAX_NODE = 120;

    public NodeLease {
        requireNode(node);
        requireLength(length);
    }

    /** @throws IllegalArgumentException if this is no name of a node */
    public static String requireNode(String node) {
        if (node == null || node.isBlank() || node.length() > MAX_NODE) {
            throw new IllegalArgumentException("A node needs a name of 1 to " + MAX_NODE + " characters");
        }
        return node;
    }

    /** @throws IllegalArgumentException if a lease cannot be so short */
    public static Duration requireLength(Duration length) {
        Objects.requireNonNull(length, "length");
        if (length.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("A lease holds at least " + SHORTEST.toSeconds() + " s, not " + length);
        }
        return length;
    }

    /** How often it is renewed: two renewals may fail before it runs out. */
    public Duration renewEvery() {
        return length.dividedBy(3);
    }
}
