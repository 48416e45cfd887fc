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

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** Where threads come from, and where they are given back. Work that is handed over after the end of its threads is refused. */
public interface ThreadSource {

    /**
     * Threads that end while there is nothing to do. Without a bound on their queue: what waits in it is in memory anyway, as an
     * exchange or as a handle.
     *
     * @param owner for people
     * @param name of the threads
     * @param size how many at most
     */
    ExecutorService pool(Object owner, String name, int size);

    /** Threads that run tasks later. */
    ScheduledExecutorService timer(Object owner, String name, int size);

    /** Gives a thread to each task at once, however many there are. */
    ExecutorService threadForEach(Object owner, String name);

    /** Takes nothing more, and lets what waits end, but not for long: an interrupted write may break a file. */
    void end(ExecutorService threads);

    /**
     * Takes nothing more, and interrupts what runs.
     *
     * @return what had not begun
     */
    List<Runnable> endNow(ExecutorService threads);
}
