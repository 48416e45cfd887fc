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
package io.cameldatabricks.component.thread;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs statements, as many at a time as there are connections, with a bounded queue before them, and then on the same
 * threads the routes that wait for them.
 *
 * <p>A statement has a place only until it has ended. The thread goes on with the route after it has given its place to the
 * next statement, which another thread runs: to hand the route to another thread would cost a message more than anything
 * else that is done for it here. A route that sends to the same endpoint again and waits for the answer thus never holds the
 * place that has to give it. So many routes that the threads would become too many keep their places until they are done,
 * which slows down whoever sends. Safe for many threads.
 */
public final class StatementThreads {

    /** Routes that may go on beside the statements. */
    public static final int ROUTES = 500;

    private final Executor threads;
    private final int places;
    private final int maxQueue;
    private final int maxRoutes;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition placeFree = lock.newCondition();
    private final Deque<StatementTask> waiting = new ArrayDeque<>();
    private int free;
    private int routes;
    private boolean closed;

    /**
     * @param threads gives a thread to each task at once
     * @param places statements at a time
     * @param maxQueue statements that may wait
     * @param maxRoutes routes that may go on without a place
     */
    public StatementThreads(Executor threads, int places, int maxQueue, int maxRoutes) {
        this.threads = threads;
        this.places = places;
        this.maxQueue = maxQueue;
        this.maxRoutes = maxRoutes;
        this.free = places;
    }

    /**
     * Runs the task soon.
     *
     * @throws RejectedExecutionException when all places are taken and the queue is full, or when this is closed
     */
    public void execute(StatementTask task) {
        lock.lock();
        try {
            if (closed || free == 0 && waiting.size() >= maxQueue) {
                throw new RejectedExecutionException();
            }
            if (free == 0) {
                waiting.add(task);
                return;
            }
            free--;
        } finally {
            lock.unlock();
        }
        start(task);
    }

    /** The task has a place. */
    private void start(StatementTask task) {
        try {
            threads.execute(() -> run(task));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            releasePlace();
            throw e instanceof RejectedExecutionException rejected ? rejected : new RejectedExecutionException(e);
        }
    }

    private void run(StatementTask task) {
        task.run();
        if (mayGoOnWithoutPlace()) {
            releasePlace();
            try {
                task.goOn();
            } finally {
                routeDone();
            }
        } else {
            try {
                task.goOn();
            } finally {
                releasePlace();
            }
        }
    }

    private boolean mayGoOnWithoutPlace() {
        lock.lock();
        try {
            if (routes >= maxRoutes) {
                return false;
            }
            routes++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void routeDone() {
        lock.lock();
        try {
            routes--;
        } finally {
            lock.unlock();
        }
    }

    private void releasePlace() {
        StatementTask next;
        lock.lock();
        try {
            next = waiting.poll();
            if (next == null) {
                free++;
                placeFree.signalAll();
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            try {
                start(next);
            } catch (RejectedExecutionException e) {
                next.abandon();
            }
        }
    }

    /** How many tasks wait for a place. */
    public int queued() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing any more. What runs goes on. */
    public List<StatementTask> close() {
        lock.lock();
        try {
            closed = true;
            List<StatementTask> rest = new ArrayList<>(waiting);
            waiting.clear();
            return rest;
        } finally {
            lock.unlock();
        }
    }

    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until no statement runs. Routes may still go on.
     *
     * @return false when that took too long
     */
    public boolean awaitStatements(long millis) throws InterruptedException {
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (free < places) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = placeFree.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
