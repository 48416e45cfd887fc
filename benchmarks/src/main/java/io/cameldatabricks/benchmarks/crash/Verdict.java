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
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the checker found.
 *
 * @param begun submits that were begun
 * @param accepted statements that the warehouse accepted
 * @param delivered jobs with which a route was done
 * @param reported jobs whose loss was told, to the sender or to the route
 * @param duplicates deliveries beside the first of their job that the death of a process or the end of a lease explains
 * @param redeliveries deliveries after a failure of the route
 * @param kills processes that were killed, or died at a fault point
 */
record Verdict(
        List<Violation> violations,
        int begun,
        int accepted,
        int delivered,
        int reported,
        int duplicates,
        int redeliveries,
        int kills) {

    Verdict {
        violations = List.copyOf(violations);
    }

    /** With what others have found. */
    Verdict with(List<Violation> more) {
        List<Violation> all = new ArrayList<>(violations);
        all.addAll(more);
        return new Verdict(all, begun, accepted, delivered, reported, duplicates, redeliveries, kills);
    }

    long count(Violation.Kind kind) {
        return violations.stream().filter(each -> each.kind() == kind).count();
    }

    Set<Violation.Kind> kinds() {
        return violations.stream().map(Violation::kind).collect(Collectors.toSet());
    }

    /** For people; violations at most ten. */
    String text() {
        String summary = begun + " submits begun, " + accepted + " statements accepted, " + delivered + " delivered, "
                + reported + " reported as lost or unknown, " + kills + " kills, " + duplicates
                + " duplicate deliveries explained and flagged, " + redeliveries
                + " redeliveries after a failed route, "
                + violations.size() + " violations";
        return violations.stream()
                .limit(10)
                .map(violation -> "\n  " + violation)
                .collect(Collectors.joining("", summary, ""));
    }
}
