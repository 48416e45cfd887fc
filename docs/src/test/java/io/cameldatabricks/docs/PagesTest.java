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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.docs.page.Block;
import io.cameldatabricks.docs.page.Page;
import io.cameldatabricks.docs.page.PageLinks;
import io.cameldatabricks.docs.page.Regions;
import io.cameldatabricks.docs.page.SnippetDrift;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the pages show is what the tests run. {@code -Ddocs.update=true} copies the regions of the sources into the pages.
 */
class PagesTest {

    private static final Path EXCUSED = Path.of("src", "test", "resources", "blocks-without-source.txt");
    private static final Path TESTS = Path.of("src", "test");

    @Test
    void shouldShowOnlyWhatIsRun() throws Exception {
        if (Boolean.getBoolean("docs.update")) {
            drift().update();
        }

        assertThat(drift().problems()).isEmpty();
    }

    @Test
    void shouldLinkToWhatIsThere() throws Exception {
        assertThat(PageLinks.problems(Project.ROOT, Project.pages())).isEmpty();
    }

    @Test
    void shouldRunEachSource() throws Exception {
        String tests = "";
        for (Path file : Regions.javaFiles(TESTS)) {
            tests += Files.readString(file);
        }
        for (Page page : Project.pages()) {
            for (Block block : page.blocks()) {
                if (block.source() != null && !block.source().contains("/")) {
                    String file = block.source().replaceAll("#.*", "");
                    if (file.endsWith(".java")) {
                        assertThat(file).endsWith("Test.java");
                    } else {
                        assertThat(tests.contains(file))
                                .as("a test that uses " + file)
                                .isTrue();
                    }
                }
            }
        }
    }

    /** Who looks for a guide finds it in the index. */
    @Test
    void shouldNameEachGuideInTheIndex() throws Exception {
        String index = Files.readString(Project.file("docs/README.adoc"));
        for (Page page : Project.pages()) {
            if (page.path().getParent().equals(Project.file("docs"))
                    && !page.path().getFileName().toString().equals("README.adoc")) {
                assertThat(index).contains("link:" + page.path().getFileName() + "[");
            }
        }
    }

    /** Commands that start Maven from the root name profiles that exist. */
    @Test
    void shouldNameRunsThatExist() throws Exception {
        String pom = Files.readString(Project.file("pom.xml"));
        Pattern run = Pattern.compile("-Drun=([\\w-]+)");
        for (Page page : Project.pages()) {
            Matcher matcher = run.matcher(Files.readString(page.path()));
            while (matcher.find()) {
                if (!matcher.group(1).equals("NAME")) {
                    assertThat(pom).as(page.path().toString()).contains("<value>" + matcher.group(1) + "</value>");
                }
            }
        }
    }

    /** Coordinates that people copy are those of this build. */
    @Test
    void shouldNameTheVersionOfThisBuild() throws Exception {
        Pattern version = Pattern.compile("<version>([^<]+)</version>");
        Matcher own = version.matcher(Files.readString(Project.file("pom.xml")));
        assertThat(own.find()).isTrue();
        Path snippets = TESTS.resolve("resources/snippets");

        assertThat(found(version, snippets.resolve("dependency.xml"))).containsOnly(own.group(1));
        assertThat(found(
                        Pattern.compile("camel-databricks</artifactId>\\s*<version>([^<]+)</version>"),
                        Project.file("examples/tutorial/pom.xml")))
                .containsExactly(own.group(1));
        Pattern coordinates = Pattern.compile("mvn:io.cameldatabricks:camel-databricks:(\\S+?)[\"\\s]");
        for (Path file : List.of(
                snippets.resolve("camel-run.sh"),
                snippets.resolve("camel-run.properties"),
                Project.file("docs/kamelets/databricks-async-source.kamelet.yaml"),
                Project.file("docs/kamelets/databricks-load-sink.kamelet.yaml"))) {
            assertThat(found(coordinates, file)).as(file.toString()).containsExactly(own.group(1));
        }
    }

    private static List<String> found(Pattern pattern, Path file) throws Exception {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    private static SnippetDrift drift() throws Exception {
        Map<String, String> excused = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(EXCUSED);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank() && !lines.get(i).startsWith("#")) {
                assertThat(lines.get(i - 1))
                        .as("the reason for: " + lines.get(i))
                        .startsWith("# ");
                excused.put(lines.get(i), lines.get(i - 1).substring(2));
            }
        }
        return new SnippetDrift(Project.ROOT, Project.pages(), Project.regions(), excused);
    }
}
