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
import java.util.Random;
import java.util.regex.Pattern;

/** Plants one bug after the other and tells whether the harness sees it. */
public final class PlantedBugs {

    /** More than there are chosen points, so that some moments are random. */
    private static final int DEATHS = 5;

    private PlantedBugs() {}

    /**
     * What came of it.
     *
     * @param caught bugs that a violation told of
     * @param planted all of them
     * @param falseAlarms violations in the same scenes without a bug
     */
    public record Result(int caught, int planted, int falseAlarms) {}

    /** Prints a line for each. */
    public static Result run() {
        Verdict storm = storm(List.of(), DEATHS);
        System.out.println("no bug, one process after the other: " + storm.text());
        Verdict two = TwoNodes.run(List.of());
        System.out.println("no bug, two nodes: " + two.text());
        List<String> missed = new ArrayList<>();
        Pattern only = Pattern.compile(System.getProperty("crash.bug", ""));
        List<PlantedBug> bugs = PlantedBug.ALL.stream()
                .filter(bug -> only.matcher(bug.name()).find())
                .toList();
        for (PlantedBug bug : bugs) {
            Verdict verdict =
                    switch (bug.scene()) {
                        case STORM -> storm(bug.patches(), DEATHS);
                        case TWO_NODES -> TwoNodes.run(bug.patches());
                    };
            tell(bug, verdict.kinds().toString(), verdict.violations().isEmpty());
            if (verdict.violations().isEmpty()) {
                missed.add(bug.name());
            }
        }
        int falseAlarms = storm.violations().size() + two.violations().size();
        return new Result(bugs.size() - missed.size(), bugs.size(), falseAlarms);
    }

    private static void tell(PlantedBug bug, String how, boolean missed) {
        System.out.println((missed ? "MISSED: " : "caught: ") + bug.name() + " " + how);
    }

    /** @param deaths none shows what needs faults only */
    static Verdict storm(List<Patch> patches, int deaths) {
        try (Workshop workshop = new Workshop(patches)) {
            return new Storm(workshop, new Random()).run(deaths);
        }
    }
}
