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

/** A statement, and the route that waits for it. One of {@link #goOn} and {@link #abandon} is called, once. */
public interface StatementTask {

    /** @param begin is run before the statement; told before the task is given to others */
    void whenStarted(Runnable begin);

    /** Runs the statement; fails with nothing, since the route is told of failures. */
    void run();

    /** The route goes on, on this thread; after {@link #run}. */
    void goOn();

    /** The route goes on, and is told that the statement was not run. */
    void abandon();
}
