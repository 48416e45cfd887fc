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
package io.cameldatabricks.testinfra.server.model;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/**
 * The time that statements, sessions, links and waits of the warehouse live by. It runs with the real time and can be
 * turned forward by tests, never back. Turning it passes every deadline on the way one after the other, so that a test
 * sees the same order of events as somebody who waited.
 *
 * <p>Thread-safe.
 */
public final class ServerClock implements InstantSource, AutoCloseable {

    private final Object lock = new Object();
    private final TreeMap<Deadline, Runnable> timers = new TreeMap<>();
    private final Executor executor;
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();
    private long turnedNanos;
    private long sequence;
    private boolean closed;

    private record Deadline(long nanos, long sequence) implements Comparable<Deadline> {
        @Override
        public int compareTo(Deadline other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    /** A task that waits for its time. */
    public interface Timer {
        /** Forgets the task when it has not begun; else does nothing. */
        void cancel();
    }

    /** @param executor runs the tasks that come due by themselves */
    public ServerClock(Executor executor) {
        this.executor = executor;
        Thread thread = new Thread(this::run, "server-clock");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Instant instant() {
        synchronized (lock) {
            return start.plusNanos(nanos());
        }
    }

    /** Runs the task once when the delay has passed on this clock. */
    public Timer schedule(Duration delay, Runnable task) {
        synchronized (lock) {
            Deadline deadline = new Deadline(nanos() + delay.toNanos(), sequence++);
            timers.put(deadline, task);
            if (timers.firstKey() == deadline) {
                lock.notifyAll();
            }
            return () -> {
                synchronized (lock) {
                    timers.remove(deadline);
                }
            };
        }
    }

    /** Runs the task again and again until the clock is closed. */
    public void every(Duration period, Runnable task) {
        schedule(period, () -> {
            try {
                task.run();
            } finally {
                every(period, task);
            }
        });
    }

    /** Turns the clock forward; tasks that come due have run on the calling thread when this returns. */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("The clock cannot be turned back: " + duration);
        }
        long target;
        synchronized (lock) {
            target = nanos() + duration.toNanos();
        }
        while (true) {
            Runnable task;
            synchronized (lock) {
                Map.Entry<Deadline, Runnable> first = timers.firstEntry();
                if (first == null || first.getKey().nanos() > target) {
                    turnTo(target);
                    lock.notifyAll();
                    return;
                }
                turnTo(first.getKey().nanos());
                task = timers.pollFirstEntry().getValue();
            }
            task.run();
        }
    }

    private void turnTo(long nanos) {
        turnedNanos += Math.max(0, nanos - nanos());
    }

    private long nanos() {
        return System.nanoTime() - startNanos + turnedNanos;
    }

    private void run() {
        while (true) {
            Runnable due;
            synchronized (lock) {
                if (closed) {
                    return;
                }
                long wait =
                        timers.isEmpty() ? Long.MAX_VALUE : timers.firstKey().nanos() - nanos();
                if (wait > 0) {
                    try {
                        lock.wait(Math.min(wait / 1_000_000 + 1, Integer.MAX_VALUE));
                    } catch (InterruptedException e) {
                        return;
                    }
                    continue;
                }
                due = timers.pollFirstEntry().getValue();
            }
            executor.execute(due);
        }
    }

    /** Forgets every task. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            timers.clear();
            lock.notifyAll();
        }
    }
}
