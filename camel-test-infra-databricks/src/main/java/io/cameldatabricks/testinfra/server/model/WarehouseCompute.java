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
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the compute of the SQL warehouse runs. It is RUNNING at first; what needs it wakes it.
 *
 * <p>Thread-safe.
 */
public final class WarehouseCompute {

    private final ServerClock clock;
    private final List<Runnable> waiting = new ArrayList<>();
    private Runnable opened = () -> {};
    private State state = State.RUNNING;
    private Duration startTakes = Duration.ZERO;
    private ServerClock.Timer timer = () -> {};

    /** As the warehouses API names them. */
    public enum State {
        STOPPED,
        STARTING,
        RUNNING
    }

    public WarehouseCompute(ServerClock clock) {
        this.clock = clock;
    }

    public synchronized State state() {
        return state;
    }

    boolean runs() {
        return state() == State.RUNNING;
    }

    /** @param task runs each time that the compute has started */
    synchronized void onStart(Runnable task) {
        opened = task;
    }

    /** Starts it when it is stopped; it runs when its start has taken the time that it takes. */
    public void wake() {
        synchronized (this) {
            if (state != State.STOPPED) {
                return;
            }
            state = State.STARTING;
            if (!startTakes.isZero()) {
                timer = clock.schedule(startTakes, this::started);
                return;
            }
        }
        started();
    }

    public synchronized void stop() {
        timer.cancel();
        state = State.STOPPED;
    }

    /** @param duration of every start from the next one on; zero also ends one that is going on */
    public void startTakes(Duration duration) {
        synchronized (this) {
            startTakes = duration;
            if (!duration.isZero() || state != State.STARTING) {
                return;
            }
            timer.cancel();
        }
        started();
    }

    /** Runs the task on this thread when the compute runs, else on the one that brings the news. */
    public void whenRunning(Runnable task) {
        synchronized (this) {
            if (state != State.RUNNING) {
                waiting.add(task);
                return;
            }
        }
        task.run();
    }

    private void started() {
        List<Runnable> tasks;
        synchronized (this) {
            if (state != State.STARTING) {
                return;
            }
            state = State.RUNNING;
            tasks = new ArrayList<>(waiting);
            waiting.clear();
            tasks.add(0, opened);
        }
        tasks.forEach(Runnable::run);
    }
}
