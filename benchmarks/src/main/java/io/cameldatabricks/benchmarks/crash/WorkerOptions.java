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
package io.cameldatabricks.benchmarks.crash;

import java.util.ArrayList;
import java.util.List;

/**
 * What a worker process is to do, handed over as system properties.
 *
 * @param life name of the process, used by no other
 * @param node name with which it joins the repository
 * @param record file of its record
 * @param endpoint options of the endpoint: where the warehouse is
 * @param repository {@code h2:DIRECTORY}, {@code memory:}, or a JDBC URL of PostgreSQL
 * @param jobs how many it submits
 * @param pauseMillis between two submits of a thread
 * @param submitters threads that submit
 * @param guarantee the option {@code submitGuarantee}
 * @param leaseSeconds the option {@code lease}
 * @param settleSeconds how long a submit without an answer is looked for
 * @param faultPoint see {@link FaultPoint}
 * @param durations how long the statements run, in milliseconds, in turn; empty for a mix
 * @param clockShift by how much the component's clock is wrong, ISO 8601; with a planted clock only
 */
record WorkerOptions(
        String life,
        String node,
        String record,
        String endpoint,
        String repository,
        int jobs,
        int pauseMillis,
        int submitters,
        String guarantee,
        int leaseSeconds,
        int settleSeconds,
        String faultPoint,
        String durations,
        String clockShift) {

    private static final String PREFIX = "crash.";

    /** Read by a planted clock each time. */
    static final String CLOCK = PREFIX + "clock";

    static WorkerOptions fromSystem() {
        return new WorkerOptions(
                property("life"),
                property("node"),
                property("record"),
                property("endpoint"),
                property("repository"),
                Integer.getInteger(PREFIX + "jobs"),
                Integer.getInteger(PREFIX + "pause"),
                Integer.getInteger(PREFIX + "submitters"),
                property("guarantee"),
                Integer.getInteger(PREFIX + "lease"),
                Integer.getInteger(PREFIX + "settle"),
                property("point"),
                property("durations"),
                property("clock"));
    }

    private static String property(String name) {
        return System.getProperty(PREFIX + name);
    }

    List<String> asSystemProperties() {
        List<String> properties = new ArrayList<>();
        properties.add(property("life", life));
        properties.add(property("node", node));
        properties.add(property("record", record));
        properties.add(property("endpoint", endpoint));
        properties.add(property("repository", repository));
        properties.add(property("jobs", jobs));
        properties.add(property("pause", pauseMillis));
        properties.add(property("submitters", submitters));
        properties.add(property("guarantee", guarantee));
        properties.add(property("lease", leaseSeconds));
        properties.add(property("settle", settleSeconds));
        properties.add(property("point", faultPoint));
        properties.add(property("durations", durations));
        properties.add(property("clock", clockShift));
        return properties;
    }

    private static String property(String name, Object value) {
        return "-D" + PREFIX + name + "=" + value;
    }

    WorkerOptions withRepository(String other) {
        return new WorkerOptions(
                life,
                node,
                record,
                endpoint,
                other,
                jobs,
                pauseMillis,
                submitters,
                guarantee,
                leaseSeconds,
                settleSeconds,
                faultPoint,
                durations,
                clockShift);
    }

    WorkerOptions withGuarantee(String other) {
        return new WorkerOptions(
                life,
                node,
                record,
                endpoint,
                repository,
                jobs,
                pauseMillis,
                submitters,
                other,
                leaseSeconds,
                settleSeconds,
                faultPoint,
                durations,
                clockShift);
    }

    WorkerOptions withJobs(int count, int pause) {
        return new WorkerOptions(
                life,
                node,
                record,
                endpoint,
                repository,
                count,
                pause,
                submitters,
                guarantee,
                leaseSeconds,
                settleSeconds,
                faultPoint,
                durations,
                clockShift);
    }

    WorkerOptions withDurations(String millis) {
        return new WorkerOptions(
                life,
                node,
                record,
                endpoint,
                repository,
                jobs,
                pauseMillis,
                submitters,
                guarantee,
                leaseSeconds,
                settleSeconds,
                faultPoint,
                millis,
                clockShift);
    }

    WorkerOptions withSubmitters(int threads) {
        return new WorkerOptions(
                life,
                node,
                record,
                endpoint,
                repository,
                jobs,
                pauseMillis,
                threads,
                guarantee,
                leaseSeconds,
                settleSeconds,
                faultPoint,
                durations,
                clockShift);
    }

    WorkerOptions withSettle(int seconds) {
        return new WorkerOptions(
                life,
                node,
                record,
                endpoint,
                repository,
                jobs,
                pauseMillis,
                submitters,
                guarantee,
                leaseSeconds,
                seconds,
                faultPoint,
                durations,
                clockShift);
    }

    WorkerOptions withLife(String newLife, String newNode, String newRecord) {
        return new WorkerOptions(
                newLife,
                newNode,
                newRecord,
                endpoint,
                repository,
                jobs,
                pauseMillis,
                submitters,
                guarantee,
                leaseSeconds,
                settleSeconds,
                faultPoint,
                durations,
                clockShift);
    }

    WorkerOptions withPoint(String point) {
        return new WorkerOptions(
                life,
                node,
                record,
                endpoint,
                repository,
                jobs,
                pauseMillis,
                submitters,
                guarantee,
                leaseSeconds,
                settleSeconds,
                point,
                durations,
                clockShift);
    }

    WorkerOptions withEndpoint(String other) {
        return new WorkerOptions(
                life,
                node,
                record,
                other,
                repository,
                jobs,
                pauseMillis,
                submitters,
                guarantee,
                leaseSeconds,
                settleSeconds,
                faultPoint,
                durations,
                clockShift);
    }

    WorkerOptions withClock(String shift) {
        return new WorkerOptions(
                life,
                node,
                record,
                endpoint,
                repository,
                jobs,
                pauseMillis,
                submitters,
                guarantee,
                leaseSeconds,
                settleSeconds,
                faultPoint,
                durations,
                shift);
    }
}
