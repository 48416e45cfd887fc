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
package io.cameldatabricks.component.track;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.statement.StatementHandle;

/**
 * This process among those that share a repository of handles. It joins when it is first asked for its lease, renews it
 * every third of its length, and takes over what dead nodes have left, for its members to watch. Declared dead, it tells
 * its members to drop what they hold, and joins again. A repository that cannot be reached changes nothing but the time of
 * the next try. Thread-safe.
 */
public final class NodeMembership implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NodeMembership.class);

    /** Each node looks so often whether another one has left or died. It reads, and writes only if so. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Who works under the lease. */
    public interface Member {

        /** The endpoints whose handles it looks after. */
        Set<String> names();

        /**
         * Looks after a handle that this node owns from now on.
         *
         * @param orphan INTENDED or SUBMITTED
         * @param age how long ago at least an INTENDED one was added, by the clock of the repository
         * @return false when it cannot, because the handle belongs to another workspace or endpoint
         */
        boolean adopt(StatementHandle orphan, Duration age);

        /** Everything that it holds belongs to other nodes now. Called under a lock; must not block. */
        void disowned();

        /** Handles may have become free that another node was delivering. */
        void freed();

        /** Called after each renewal, for work that has to be done now and then. */
        default void renewed(NodeLease lease) {}
    }

    private final StatementHandleRepository repository;
    private final String node;
    private final Duration length;
    private final Delayer delayer;
    private final Stopwatch stopwatch;
    private final List<Member> members = new CopyOnWriteArrayList<>();

    private final Inheritance inheritance;

    private NodeLease lease;
    private boolean started;
    private boolean closed;
    private boolean looking;
    private boolean lookAgain;

    /** The lease as far as it certainly holds; null for none. */
    private volatile Held held;

    /** @param since taken before the repository was asked: it holds at least so long from then on */
    private record Held(NodeLease lease, Stopwatch.Mark since) {}

    /**
     * @param node name of this node; one that stays the same over a restart finds its own handles at once
     * @param length of the lease
     * @param delayer its threads are those on which the repository is called, which may block
     * @param stopwatch tells how old the last renewal is
     */
    public NodeMembership(
            StatementHandleRepository repository, String node, Duration length, Delayer delayer, Stopwatch stopwatch) {
        this.repository = Objects.requireNonNull(repository, "repository");
        this.node = NodeLease.requireNode(node);
        this.length = NodeLease.requireLength(length);
        this.delayer = Objects.requireNonNull(delayer, "delayer");
        this.stopwatch = Objects.requireNonNull(stopwatch, "stopwatch");
        this.inheritance = new Inheritance(repository, members);
    }

    /** Adds a member and soon gives it what it has to look after. The first one starts the renewals. */
    public void add(Member member) {
        boolean first;
        synchronized (this) {
            members.add(member);
            first = !started && !closed;
            started = true;
        }
        if (first) {
            delayer.after(length.dividedBy(3), this::renew);
            delayer.after(Duration.ZERO, this::lookAgainAndAgain);
        } else {
            inheritSoon();
        }
    }

    /** Looks for handles to take over now: a member has a name that it did not have before. */
    public void inheritSoon() {
        delayer.after(Duration.ZERO, this::look);
    }

    /**
     * The lease with which this node writes. It changes when the node was declared dead and joined again.
     *
     * @throws io.cameldatabricks.component.repository.HandleRepositoryException if the node has not joined yet and cannot
     */
    public synchronized NodeLease lease() {
        if (lease == null) {
            if (closed) {
                throw new IllegalStateException("This node has left");
            }
            Stopwatch.Mark before = stopwatch.now();
            lease = repository.join(node, length);
            held = new Held(lease, before);
        }
        return lease;
    }

    /**
     * Whether no other node can have taken over what this one owns or has claimed under a lease: the lease was given or
     * renewed less than its length ago, so nobody can have ended it. Does not block.
     */
    public boolean holds(NodeLease asked) {
        Held last = held;
        return last != null
                && last.lease().equals(asked)
                && stopwatch.since(last.since()).compareTo(length) < 0;
    }

    /**
     * Finds out why a write under a lease was refused.
     *
     * @return the lease to write with from now on: another one when the node had been declared dead
     */
    public NodeLease check(NodeLease refused) {
        synchronized (this) {
            if (closed || lease == null || !lease.equals(refused)) {
                return lease();
            }
            Stopwatch.Mark before = stopwatch.now();
            if (repository.renew(refused)) {
                held = new Held(refused, before);
                return refused;
            }
            held = null;
            lease = null;
            inheritance.clear();
            // before anybody can join again: what the new epoch takes over must not be dropped with the old
            members.forEach(Member::disowned);
        }
        LOG.warn("Node {} was declared dead, so others look after its handles; it joins again", node);
        return lease();
    }

    /** Apart from the takeovers, which may last longer than a lease. */
    private void renew() {
        if (isClosed()) {
            return;
        }
        try {
            quietly("The lease could not be renewed", length.dividedBy(3), () -> {
                NodeLease renewed = check(lease());
                members.forEach(member -> member.renewed(renewed));
            });
        } finally {
            delayer.after(length.dividedBy(3), this::renew);
        }
    }

    private void lookAgainAndAgain() {
        if (isClosed()) {
            return;
        }
        try {
            look();
        } finally {
            delayer.after(LOOK_EVERY, this::lookAgainAndAgain);
        }
    }

    /** By one thread at a time: a second one asks the first to look once more. */
    private void look() {
        synchronized (this) {
            lookAgain = true;
            if (looking) {
                return;
            }
            looking = true;
        }
        while (wantsToLook()) {
            quietly("Handles could not be taken over", LOOK_EVERY, () -> inheritance.take(this::lease, this::isClosed));
        }
    }

    private synchronized boolean wantsToLook() {
        looking = lookAgain && !closed;
        lookAgain = false;
        return looking;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void quietly(String what, Duration again, Runnable work) {
        if (isClosed()) {
            return;
        }
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("{}; trying again in {}: {}", what, again, e.toString());
        } catch (Error e) {
            // it must not be the last time
            LOG.error("{}; trying again in {}", what, again, e);
        }
    }

    /** Hands everything over to the other nodes. Statements are left alone. */
    @Override
    public void close() {
        NodeLease left;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            left = lease;
            held = null;
        }
        if (left != null) {
            try {
                repository.leave(left);
            } catch (RuntimeException e) {
                LOG.warn("The other nodes could not be told that {} leaves; they notice in {}", node, length, e);
            }
        }
    }
}
