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

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a worker process is to do: named values, handed over as system properties. */
record WorkerOptions(Map<String, String> values) {

    private static final String PREFIX = "crash.";

    /** Read by a planted clock each time. */
    static final String CLOCK = PREFIX + "clock";

    WorkerOptions {
        values = Map.copyOf(values);
    }

    /** A worker with the embedded store that submits nothing. */
    static WorkerOptions of(String endpoint, String repository) {
        return new WorkerOptions(Map.of())
                .withLife("none", "node", "none")
                .withEndpoint(endpoint)
                .withRepository(repository)
                .withJobs(0, 20)
                .withSubmitters(4)
                .withGuarantee("AT_MOST_ONCE")
                .with("lease", 3)
                .withSettle(5)
                .withPoint("")
                .withDurations("")
                .withClock("PT0S");
    }

    static WorkerOptions fromSystem() {
        Properties all = System.getProperties();
        return new WorkerOptions(all.stringPropertyNames().stream()
                .filter(name -> name.startsWith(PREFIX))
                .collect(Collectors.toMap(name -> name.substring(PREFIX.length()), all::getProperty)));
    }

    List<String> asSystemProperties() {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(each -> "-D" + PREFIX + each.getKey() + "=" + each.getValue())
                        .toList();
    }

    private WorkerOptions with(String name, Object value) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.put(name, value.toString());
        return new WorkerOptions(changed);
    }

    private String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("The system property " + PREFIX + name + " is missing");
        }
        return value;
    }

    private int number(String name) {
        return Integer.parseInt(text(name));
    }

    /** Name of the process, used by no other. */
    String life() {
        return text("life");
    }

    /** Name with which it joins the repository. */
    String node() {
        return text("node");
    }

    /** File of its record. */
    String record() {
        return text("record");
    }

    WorkerOptions withLife(String life, String node, String record) {
        return with("life", life).with("node", node).with("record", record);
    }

    /** Options of the endpoint: where the warehouse is. */
    String endpoint() {
        return text("endpoint");
    }

    WorkerOptions withEndpoint(String options) {
        return with("endpoint", options);
    }

    /** {@code h2:DIRECTORY}, {@code memory:}, or a JDBC URL of PostgreSQL. */
    String repository() {
        return text("repository");
    }

    WorkerOptions withRepository(String place) {
        return with("repository", place);
    }

    /** How many it submits. */
    int jobs() {
        return number("jobs");
    }

    /** Between two submits of a thread. */
    int pauseMillis() {
        return number("pause");
    }

    WorkerOptions withJobs(int count, int pauseMillis) {
        return with("jobs", count).with("pause", pauseMillis);
    }

    /** Threads that submit. */
    int submitters() {
        return number("submitters");
    }

    WorkerOptions withSubmitters(int threads) {
        return with("submitters", threads);
    }

    /** The option {@code submitGuarantee}. */
    String guarantee() {
        return text("guarantee");
    }

    WorkerOptions withGuarantee(String guarantee) {
        return with("guarantee", guarantee);
    }

    /** The option {@code lease}. */
    int leaseSeconds() {
        return number("lease");
    }

    /** How long a submit without an answer is looked for. */
    int settleSeconds() {
        return number("settle");
    }

    WorkerOptions withSettle(int seconds) {
        return with("settle", seconds);
    }

    /** See {@link FaultPoint}. */
    String faultPoint() {
        return text("point");
    }

    WorkerOptions withPoint(String point) {
        return with("point", point);
    }

    /** How long the statements run, in milliseconds, in turn; empty for a mix. */
    String durations() {
        return text("durations");
    }

    WorkerOptions withDurations(String millis) {
        return with("durations", millis);
    }

    /** By how much the component's clock is wrong, ISO 8601; with a planted clock only. */
    String clockShift() {
        return text("clock");
    }

    WorkerOptions withClock(String shift) {
        return with("clock", shift);
    }
}
