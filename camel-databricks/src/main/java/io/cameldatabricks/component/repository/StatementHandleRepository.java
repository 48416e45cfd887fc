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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

/**
 * Keeps the handles of submitted statements and decides which node works on which.
 *
 * <h2>The protocol</h2>
 *
 * <ol>
 *   <li><b>A node joins</b> and gets an epoch, larger than every one before. It renews its lease every third of the
 *       lease's length: one write, whatever the number of its handles. Joining again under the same name ends the older
 *       epoch at once, so a node with a fixed name finds its own handles after a crash without waiting.
 *   <li><b>Intent.</b> {@link #add} before the submit. The row belongs to the adding node. False means: do not submit.
 *   <li><b>The owner, and nobody else,</b> submits, writes the id down, watches the statement and writes its end, each
 *       with {@link #update}. Seeing the end sets the row free: COMPLETED and LOST belong to nobody.
 *   <li><b>Delivery.</b> Any node that serves the name takes free rows with {@link #claim}, in the order in which they
 *       are due; they belong to it until it confirms or buries ({@link #update}) or gives them back ({@link #release},
 *       {@link #giveBack}).
 *       There is no lease per row: a claim holds as long as its node lives, however long the route takes.
 *   <li><b>Takeover.</b> Every node calls {@link #takeOver} as often as it renews. It ends the epochs whose lease has run
 *       out, and takes a share of the rows of ended epochs: INTENDED and SUBMITTED rows change their owner and are
 *       returned, to be reconciled and watched; claimed rows become free, with their delivery count as it is. So a dead
 *       node is replaced within one lease and a third, and {@link #leave} hands everything over at the next renewal of
 *       the others.
 *   <li><b>A call that fails</b> may have been carried out. Who calls repeats {@link #update} and {@link #release} until they
 *       are answered, and looks at what is stored. What {@link #claim} or {@link #takeOver} gave to the node without an answer
 *       nobody knows of but the repository itself: the next {@link #takeOver} of the same epoch sets such claims free, as
 *       {@link #giveBack} does, and returns such INTENDED and SUBMITTED rows.
 *   <li><b>A node that was declared dead</b> and wakes up is told by {@link #renew} (false), and every write of it
 *       changes nothing. It drops what it holds, joins again and starts with nothing. What it had already sent to a
 *       server cannot be called back: that is why no other node ever submits an intent that it took over, unless the
 *       user said that the statement may run twice.
 * </ol>
 *
 * <h2>What holds at every moment</h2>
 *
 * <ul>
 *   <li>I1: a handle that was added ends as DELIVERED or DEAD. Rows go away in two ways only: {@link #remove} of an
 *       intent that the server refused, and {@link #removeSettled}.
 *   <li>I2: a row is changed only by the epoch that owns it, and only while that epoch lives.
 *   <li>I3: the id of a statement belongs to one handle of its workspace at most; a second one is refused as broken.
 *   <li>I4: nothing is claimed whose end was not seen: only COMPLETED and LOST rows are.
 * </ul>
 *
 * <p>Writes compare the version of the row: a lost race, a stale owner and a dead epoch are the answer {@code false},
 * never an exception. Whether a lease has run out, a delivery is due and a row is old is decided by the clock of the
 * repository alone; the clocks of the nodes may differ by any amount. Times are kept to the microsecond.
 *
 * <p>Implementations are safe for use by many threads. Every method may block for as long as the storage takes, and throws
 * {@link HandleRepositoryException} when it fails. Text of a statement, its parameters, its rows, links to its result and
 * credentials are never given to a repository.
 */
public interface StatementHandleRepository {

    /**
     * Whether ids with a secret, as statements over Thrift have them, can be kept here. Where they cannot, {@link #add}
     * refuses the intents of such statements, so nothing is submitted.
     */
    default boolean keepsSecretIds() {
        return true;
    }

    /** How many calls at the same time are worth their threads. */
    default int concurrency() {
        return 4;
    }

    /**
     * Makes a node known, and ends every earlier epoch of the same name.
     *
     * @param node name of the node
     * @param lease how long it counts as alive after each renewal, at least {@link NodeLease#SHORTEST}
     */
    NodeLease join(String node, Duration lease);

    /** Tells that the node lives. False: it was declared dead, or has left; its handles belong to others. */
    boolean renew(NodeLease lease);

    /** Ends the epoch, so that others take its handles over at once. Without effect if it has ended before. */
    void leave(NodeLease lease);

    /**
     * Ends the epochs of others whose lease has run out, and takes rows of ended epochs over.
     *
     * @param names of the endpoints that this node serves; rows of other names are left to others
     * @param limit most rows to take; call again when the answer's {@link Takeover#rows()} says so many
     * @return what this node has to watch now; nothing if {@code lease} itself has ended
     */
    Takeover takeOver(NodeLease lease, Collection<String> names, int limit);

    /**
     * Stores an intent, owned by the node.
     *
     * @return false if the epoch has ended or the key is taken: the statement must not be submitted
     * @throws IllegalArgumentException if the handle is not INTENDED, or its statement id could not be kept, see
     *     {@link StatementIdCipher}
     */
    boolean add(NodeLease lease, StatementHandle intent);

    /** The handle with this key, whoever owns it. */
    Optional<StatementHandle> find(String key);

    /**
     * Replaces a handle that the node owns. COMPLETED and LOST handles become free and are due at once; the time of
     * settling is set by the repository, whatever the copy says.
     *
     * @param changed a copy in its new state: SUBMITTED, COMPLETED, LOST, DELIVERED or DEAD
     * @param expectedVersion the version that the repository must still hold
     * @return false if another version is stored, the row belongs to somebody else, or the epoch has ended
     */
    boolean update(NodeLease lease, StatementHandle changed, long expectedVersion);

    /** Removes an intent that the server refused: nothing was started. False as for {@link #update}. */
    boolean remove(NodeLease lease, StatementHandle intent);

    /**
     * Takes free handles that are due, those first that are due the longest.
     *
     * @return as they are stored now, claimed and counted; empty if there are none or the epoch has ended
     */
    List<StatementHandle> claim(NodeLease lease, String name, int limit);

    /**
     * Gives a claimed handle back.
     *
     * @param claimed as {@link #claim} returned it
     * @param backoff how long nobody may claim it
     * @return false as for {@link #update}
     */
    boolean release(NodeLease lease, StatementHandle claimed, Duration backoff);

    /**
     * Gives a claimed handle back that no route has seen: as {@link #release}, but the claim does not count as a delivery.
     *
     * @param claimed as {@link #claim} returned it
     * @param delay how long nobody may claim it
     * @return false as for {@link #update}
     */
    boolean giveBack(NodeLease lease, StatementHandle claimed, Duration delay);

    /**
     * Makes a handle free and due that was given up. It belongs to nobody, so anybody may.
     *
     * @param dead as it was read, DEAD
     * @return false if another version is stored
     * @throws UnsupportedOperationException if this repository cannot
     */
    default boolean revive(StatementHandle dead) {
        throw new UnsupportedOperationException("This repository keeps what was given up as it is");
    }

    /** Handles of a name in a state, in the order of their keys: for consoles and for people. */
    List<StatementHandle> list(String name, HandleState state, int limit);

    /** How many handles of a name there are, by state; states without any are left out. */
    Map<HandleState, Long> counts(String name);

    /**
     * Removes handles that were settled long ago. DELIVERED ones are kept for a while so that a late duplicate is
     * recognised, DEAD ones until somebody has looked.
     *
     * @param state DELIVERED or DEAD
     * @param retention how long ago at least
     * @param limit most rows to remove
     * @return how many were removed; call again when it is the limit
     */
    int removeSettled(HandleState state, Duration retention, int limit);

    /**
     * Drops free handles that nobody claims, where handles end with the process anyway; a durable repository keeps them.
     *
     * @param name of the endpoint
     * @param age how long they have been due at least
     * @param most how many may stay, whatever their age; the oldest go first
     * @return how many were removed
     */
    default int removeUnclaimed(String name, Duration age, int most) {
        return 0;
    }
}
