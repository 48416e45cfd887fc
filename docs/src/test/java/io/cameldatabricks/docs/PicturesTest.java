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
package io.cameldatabricks.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.HandleTransition;
import io.cameldatabricks.docs.picture.PollCadencePlot;

import static org.assertj.core.api.Assertions.assertThat;

/** The pictures say what the code does. {@code -Ddocs.update=true} draws the plot anew. */
class PicturesTest {

    private static final Path IMAGES = Path.of("images");

    @Test
    void shouldPlotTheFormula() throws Exception {
        Path plot = IMAGES.resolve("poll-cadence.svg");
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(plot, PollCadencePlot.svg());
        }

        assertThat(plot).hasContent(PollCadencePlot.svg());
    }

    /** Arrows have ids like INTENDED-SUBMITTED. */
    @Test
    void shouldDrawTheLegalMovesOfAHandleAndNoOthers() throws Exception {
        String svg = Files.readString(IMAGES.resolve("handle-life.svg"));

        Set<String> drawn = new TreeSet<>();
        Matcher arrow = Pattern.compile("id=\"([A-Z]+-[A-Z]+)\"").matcher(svg);
        while (arrow.find()) {
            drawn.add(arrow.group(1));
        }

        assertThat(drawn)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(HandleTransition.values())
                        .map(move -> move.from() + "-"
                                + move.to().map(HandleState::name).orElse("REMOVED"))
                        .collect(Collectors.toSet()));
        for (HandleState state : HandleState.values()) {
            assertThat(svg).contains(">" + state + "<");
        }
    }

    @Test
    void shouldDrawEachRoom() throws Exception {
        String svg = Files.readString(IMAGES.resolve("architecture.svg"));
        Path rooms = Project.file("camel-databricks/src/main/java/io/cameldatabricks/component");
        try (var folders = Files.list(rooms)) {
            for (Path room : folders.filter(Files::isDirectory).toList()) {
                assertThat(svg).containsPattern("\\b" + room.getFileName() + "\\b");
            }
        }
    }

    @Test
    void shouldBeReadableInLightAndDark() throws Exception {
        try (var images = Files.list(IMAGES)) {
            for (Path image :
                    images.filter(file -> file.toString().endsWith(".svg")).toList()) {
                assertThat(image).content().contains("prefers-color-scheme: dark", "<title", "<desc");
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(image.toFile());
            }
        }
    }

    /** The table of looks in the guide of operations. */
    @Test
    void shouldCountTheLooksOfTheGuide() throws Exception {
        String guide = Files.readString(Path.of("operations.adoc"));

        assertThat(guide)
                .contains(looks("10 s", 10), looks("1 min", 60), looks("10 min", 600), looks("1 h", 3_600))
                .contains(looks("10 h", 36_000));
    }

    private static String looks(String name, int seconds) {
        return String.format(
                java.util.Locale.ROOT,
                "|%s |%d |%s |%d%n",
                name,
                PollCadencePlot.looks(seconds),
                late(PollCadencePlot.latest(seconds)),
                seconds / 5);
    }

    private static String late(double seconds) {
        return seconds < 10 ? String.format(java.util.Locale.ROOT, "%.1f s", seconds) : Math.round(seconds) + " s";
    }
}
