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
package io.cameldatabricks.examples.surviveacrash;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.WarehouseOptions;
import io.cameldatabricks.testinfra.WarehouseStatement;

/**
 * Starts the local warehouse and a process that submits reports and receives them, kills that process half-way, starts it
 * again, and counts: what has arrived, and how often each report ran, as the warehouse itself tells it.
 */
public final class SurviveACrash {

    private static final int ARRIVED_BEFORE_THE_CRASH = 3;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private SurviveACrash() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("survive-a-crash-");
        System.out.println("Starting the local warehouse ...");
        boolean kept;
        try (LocalWarehouseProcess warehouse =
                LocalWarehouseProcess.start(WarehouseOptions.spark().withLimits(2, 1000))) {
            kept = run(warehouse, folder, System.out);
        }
        System.out.println("\nThe reports are in " + folder);
        System.exit(kept ? 0 : 1);
    }

    /** @return whether every report arrived and none ran twice */
    static boolean run(LocalWarehouseProcess warehouse, Path folder, PrintStream out) throws Exception {
        Set<String> before;
        try (OfficeProcess first = new OfficeProcess("first", folder, "submit", warehouse.environment(), out)) {
            first.await(ReportOffice.REPORTS, ARRIVED_BEFORE_THE_CRASH, LIMIT);
            first.kill();
            before = first.arrived();
        }
        Set<String> missing = new HashSet<>(ReportOffice.reports());
        missing.removeAll(before);
        out.printf(
                "%n*** The process was killed. %d reports are missing; their statements run on.%n%n", missing.size());

        Set<String> arrived = new HashSet<>(before);
        try (OfficeProcess second = new OfficeProcess("second", folder, "receive", warehouse.environment(), out)) {
            second.await(missing, LIMIT);
            arrived.addAll(second.arrived());
        }
        return tell(runs(warehouse.statements()), arrived, out);
    }

    /** How often each report ran, from the journal of the warehouse. */
    private static Map<String, Long> runs(List<WarehouseStatement> journal) {
        return journal.stream()
                .filter(statement -> statement.tags().containsKey(ReportOffice.REPORT))
                .collect(Collectors.groupingBy(
                        statement -> statement.tags().get(ReportOffice.REPORT), Collectors.counting()));
    }

    private static boolean tell(Map<String, Long> runs, Set<String> arrived, PrintStream out) {
        out.printf("%nreport  ran   arrived%n");
        for (String report : ReportOffice.reports()) {
            out.printf(
                    "%-6s  %-4s  %s%n",
                    report, times(runs.getOrDefault(report, 0L)), arrived.contains(report) ? "yes" : "NO");
        }
        long lost = ReportOffice.reports().stream()
                .filter(report -> !arrived.contains(report))
                .count();
        long twice = runs.values().stream().filter(times -> times > 1).count();
        out.printf("%n%d reports submitted, %d lost, %d ran twice%n", runs.size(), lost, twice);
        return lost == 0 && twice == 0 && runs.size() == ReportOffice.REPORTS;
    }

    private static String times(long count) {
        return count == 1 ? "once" : count + "x";
    }
}
