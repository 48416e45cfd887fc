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
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.event.StatementListener;
import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.watch.WatchListener;
import io.cameldatabricks.component.watch.WatchSettings;

/**
 * The handles of one workspace that this node looks after, from their submit to their end: it submits them, watches them,
 * writes their end into the repository, and then tells whoever serves their name that there is something to deliver. Any
 * number of handles costs no thread. Closing it leaves the statements running. Thread-safe.
 */
public final class HandleTracker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HandleTracker.class);

    private final String workspace;
    private final Transport transport;
    private final InstantSource clock;
    private final HandleLedger ledger;
    private final Persistence persistence;
    private final NodeMembership node;
    private final HandleSubmitter submitter;
    private final OwnHandles own;
    private final Retention retention;
    private final StatementListener told;
    private final ServedNames names = new ServedNames();
    private volatile boolean closed;

    /** The end of an interest. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * What a tracker works with.
     *
     * @param clock time of observations
     * @param rounds its threads ask the server, and never wait for a repository
     * @param delayer its threads call the repository, which may block, and whoever is told of an end
     * @param executor as the delayer's
     * @param random thread-safe
     * @param listener is told what happens
     */
    public record Means(
            InstantSource clock,
            Delayer rounds,
            Delayer delayer,
            Executor executor,
            RandomGenerator random,
            StatementListener listener) {

        /** Of which nobody is told what happens. */
        public Means(InstantSource clock, Delayer delayer, Executor executor, RandomGenerator random) {
            this(clock, delayer, delayer, executor, random, StatementListener.NONE);
        }

        public Means {
            Objects.requireNonNull(listener, "listener");
            Objects.requireNonNull(clock, "clock");
            Objects.requireNonNull(rounds, "rounds");
            Objects.requireNonNull(delayer, "delayer");
            Objects.requireNonNull(executor, "executor");
            Objects.requireNonNull(random, "random");
        }
    }

    /**
     * @param workspace host of the workspace, with the port where it is not 443
     * @param transport of the client
     * @param client not closed by this
     * @param node of the same repository; not closed by this
     */
    public HandleTracker(
            String workspace,
            Transport transport,
            StatementClient client,
            StatementHandleRepository repository,
            NodeMembership node,
            Means means) {
        this.workspace = Objects.requireNonNull(workspace, "workspace");
        this.transport = Objects.requireNonNull(transport, "transport");
        this.node = Objects.requireNonNull(node, "node");
        this.clock = means.clock();
        this.told = means.listener();
        this.ledger = new HandleLedger(repository, node);
        this.persistence = new Persistence(means.delayer(), means.random());
        this.retention = new Retention(repository);
        Listener listener = new Listener();
        this.own = new OwnHandles(client, names, listener, means);
        this.submitter = new HandleSubmitter(
                client,
                ledger,
                persistence,
                listener,
                intent -> names.of(intent).settleTime().plus(Duration.ofMinutes(1)),
                means.clock(),
                means.delayer(),
                means.executor(),
                means.random());
        node.add(listener);
    }

    /**
     * Stores the intent, submits, stores the id, and watches.
     *
     * @return fails with {@link io.cameldatabricks.component.error.SubmitOutcomeUnknownException} when the statement may
     *     run all the same, and with any other exception when it certainly does not
     */
    public CompletionStage<Submitted> submit(Submission submission) {
        lookAfter(submission.name(), WatchSettings.standard());
        return submitter.submit(submission);
    }

    /**
     * Serves a name: this node takes over the handles of the name that dead nodes have left, and says when there is
     * something to deliver.
     *
     * @param settings how statements of the name are watched from now on, whoever submits them
     * @param wakeUp called, not often, whenever handles of the name may have become free; must not block for long
     * @throws IllegalArgumentException when the name is served already with other settings
     */
    public Registration serve(String name, WatchSettings settings, Runnable wakeUp) {
        boolean known = names.contains(name);
        Registration registration = names.serve(name, settings, wakeUp);
        if (!known) {
            node.inheritSoon();
        }
        return registration;
    }

    /**
     * This node takes over the handles of a name that dead nodes have left: it submits under the name.
     *
     * @param settings how statements of the name are watched as long as nobody serves it
     */
    public void lookAfter(String name, WatchSettings settings) {
        if (names.add(name, settings)) {
            node.inheritSoon();
        }
    }

    /** The handles of a name whose end has not been seen yet, as far as this node watches them. */
    public List<StatementHandle> running(String name) {
        return own.running(name);
    }

    /** How many handles this node watches. */
    public int size() {
        return own.size();
    }

    /** How many statements were submitted again because no answer came, which only happens where that is allowed. */
    public long resubmits() {
        return submitter.resubmits();
    }

    /** Looks at a statement now, for example because it was cancelled. */
    public void hurry(String key) {
        own.hurry(key);
    }

    /** Stops watching. Statements are left running, and their rows to the next owner. */
    @Override
    public void close() {
        closed = true;
        persistence.close();
        submitter.close();
        own.close();
    }

    /** What happens to the handles. */
    private final class Listener implements WatchListener, NodeMembership.Member, HandleSubmitter.Lifecycle {

        @Override
        public void submitted(StatementHandle handle, StatementStatus status) {
            told.submitted(handle);
            if (!status.isTerminal()) {
                own.watch(handle);
                return;
            }
            try {
                ended(handle, handle.withObserved(status));
            } catch (RuntimeException e) {
                LOG.warn("The end of handle {} could not be stored; trying again: {}", handle.key(), e.toString());
                own.watch(handle);
            }
        }

        @Override
        public void doubted(StatementHandle intent) {
            doubted(intent, Duration.between(intent.origin().intendedAt(), clock.instant()));
        }

        private void doubted(StatementHandle intent, Duration age) {
            if (closed) {
                // the next owner finds out
                return;
            }
            if (own.reconcile(intent, age)) {
                return;
            }
            // it can never be found, so it is lost at once
            StatementHandle lost = intent.withAbandoned(clock.instant());
            try {
                lost(intent, lost);
            } catch (RuntimeException e) {
                persistence.untilDone("The loss of handle " + lost.key(), () -> lost(intent, lost));
            }
        }

        @Override
        public void ended(StatementHandle watched, StatementHandle completed) {
            settled(completed);
        }

        @Override
        public void lost(StatementHandle watched, StatementHandle lost) {
            settled(lost);
            submitter.notFound(lost);
        }

        private void settled(StatementHandle next) {
            boolean written = ledger.write(next);
            own.ended(next.key());
            if (written) {
                told.ended(next);
                names.tell(next.name());
            } else {
                LOG.debug("Handle {} belongs to another node now", next.key());
            }
        }

        @Override
        public void adopted(StatementHandle intent, StatementHandle submitted) {
            if (ledger.write(submitted)) {
                told.submitted(submitted);
                own.watch(submitted);
            }
            submitter.found(submitted);
        }

        @Override
        public Set<String> names() {
            return closed ? Set.of() : names.all();
        }

        @Override
        public boolean adopt(StatementHandle orphan, Duration age) {
            boolean ours = !closed
                    && orphan.target().workspace().equals(workspace)
                    && orphan.target().transport() == transport
                    && names.contains(orphan.name());
            if (ours && orphan.state() == HandleState.SUBMITTED) {
                own.watch(orphan);
            } else if (ours && orphan.state() == HandleState.INTENDED) {
                doubted(orphan, age);
            }
            return ours;
        }

        @Override
        public void disowned() {
            own.drop();
        }

        @Override
        public void freed() {
            names.tellAll();
        }

        @Override
        public void renewed(NodeLease lease) {
            retention.apply(names.all(), names::isServed, names::wasServed);
        }
    }
}
