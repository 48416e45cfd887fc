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
package io.cameldatabricks.component.watch;

import io.cameldatabricks.component.statement.StatementHandle;

/**
 * Who is told what became of handles, and writes it down. Called from the threads of the watcher, at most once at a time
 * for each handle. A method that throws is called again after a while with the same news: nothing is forgotten because a
 * store could not be reached.
 */
public interface WatchListener {

    /**
     * The end was seen. The handle is not watched any more when this returns.
     *
     * @param watched as it was given to the watcher: its version is the one that a store still holds
     * @param completed the next version, COMPLETED
     */
    void ended(StatementHandle watched, StatementHandle completed);

    /**
     * The end can never be seen. The handle is not watched any more when this returns.
     *
     * @param watched as it was given to the watcher or the reconciler
     * @param lost the next version, LOST
     */
    void lost(StatementHandle watched, StatementHandle lost);

    /**
     * A statement without id was found by its tag. It still has to be watched.
     *
     * @param intent as it was given to the reconciler
     * @param submitted the next version, SUBMITTED
     */
    void adopted(StatementHandle intent, StatementHandle submitted);

    /** A check failed, which changes nothing but the time of the next. Called often while a server is out of reach. */
    default void troubled(StatementHandle handle, Throwable failure) {}
}
