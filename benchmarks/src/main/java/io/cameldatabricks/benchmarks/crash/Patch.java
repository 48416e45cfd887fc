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

/**
 * A change of one source file of the component.
 *
 * @param file below the component's source folder and its root package
 * @param text which must be there
 * @param replacement for each place where it is
 */
record Patch(String file, String text, String replacement) {

    private static final String SYSTEM_CLOCK = "InstantSource.system()";
    private static final String SHIFTED_CLOCK = "((java.time.InstantSource) () -> java.time.Instant.now()"
            + ".plus(java.time.Duration.parse(System.getProperty(\"crash.clock\"))))";

    /** Shifts every clock that the component reads, by what the system property says at that moment. */
    static List<Patch> clocks() {
        return PatchedClasses.filesWith(SYSTEM_CLOCK).stream()
                .map(file -> new Patch(file, SYSTEM_CLOCK, SHIFTED_CLOCK))
                .toList();
    }
}
