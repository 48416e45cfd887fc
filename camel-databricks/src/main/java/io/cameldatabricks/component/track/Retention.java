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
import java.util.Collection;
import java.util.function.Predicate;

import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.statement.StatementDeadlines;

/**
 * What a repository need not keep any longer where handles end with the process: those that nobody consumes are kept until
 * their result has expired, and no more than {@link #MOST_UNCLAIMED} of a name that was never consumed. A route that only
 * submits, or reads its results by handle, needs no consumer. Not thread-safe.
 */
final class Retention {

    static final Duration UNCLAIMED = StatementDeadlines.RESULT_LIFE.plusMinutes(10);
    static final int MOST_UNCLAIMED = 10_000;

    /** Looking is not free, so it is done at every so many renewals only. */
    private static final int EVERY = 12;

    private final StatementHandleRepository repository;
    private int renewals;

    Retention(StatementHandleRepository repository) {
        this.repository = repository;
    }

    /**
     * @param names whose handles this node looks after
     * @param served whether a name is consumed here now
     * @param everServed whether a name was ever consumed here
     */
    void apply(Collection<String> names, Predicate<String> served, Predicate<String> everServed) {
        if (renewals++ % EVERY != 0) {
            return;
        }
        for (String name : names) {
            if (!served.test(name)) {
                repository.removeUnclaimed(name, UNCLAIMED, everServed.test(name) ? Integer.MAX_VALUE : MOST_UNCLAIMED);
            }
        }
    }
}
