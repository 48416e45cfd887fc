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

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The small version of what {@code benchmarks/run planted-bugs} does. */
class PlantedBugsTest {

    @TempDir
    Path folder;

    static Stream<PlantedBug> all() {
        return PlantedBug.ALL.stream();
    }

    /** A bug whose text has gone would be a bug that is never planted. */
    @ParameterizedTest
    @MethodSource("all")
    void shouldStillFitTheSources(PlantedBug bug) {
        assertThat(PatchedClasses.compile(folder, bug.patches())).isNotEmptyDirectory();
    }

    @Test
    void shouldStillFindTheClocks() {
        assertThat(Patch.clocks()).isNotEmpty();
        assertThat(PatchedClasses.compile(folder, Patch.clocks())).isNotEmptyDirectory();
    }

    @Test
    void shouldRefuseAPatchThatDoesNotFit() {
        assertThatThrownBy(() -> PatchedClasses.compile(
                        folder, List.of(new Patch("retry/RetryPolicy.java", "no such text", "anything"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no such text");
        assertThatThrownBy(() -> PatchedClasses.compile(
                        folder, List.of(new Patch("retry/RetryPolicy.java", "maxAttempts < 1", "maxAttempts is 1"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not compile");
    }

    @Test
    void shouldCatchABug() {
        Verdict verdict = PlantedBugs.storm(PlantedBug.FAILED_ROUTE_CONFIRMED.patches(), 0);

        assertThat(verdict.kinds()).contains(Violation.Kind.CONFIRMED_TOO_EARLY, Violation.Kind.LOST);
    }
}
