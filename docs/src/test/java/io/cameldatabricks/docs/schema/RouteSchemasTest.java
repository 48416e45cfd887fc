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
package io.cameldatabricks.docs.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.cameldatabricks.docs.page.Block;
import io.cameldatabricks.docs.page.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** Routes in YAML and XML, and Kamelets, wherever the project shows them, by Camel's own schemas. */
class RouteSchemasTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern NOT_OURS = Pattern.compile("(.*/)?(target|node_modules|\\.[^/]+)/.*");
    private static final Pattern NO_ROUTES = Pattern.compile("(?s)\\s*(<\\?xml.*?\\?>\\s*)?<(project|dependency)\\b.*");
    private static final Path SNIPPETS = Path.of("src", "test", "resources", "snippets");

    private final RouteSchemas routes = new RouteSchemas();
    private final KameletRules kamelets = new KameletRules(routes);

    @Test
    void shouldFindNothingWrongWithWhatIsShown() throws Exception {
        Map<String, List<String>> problems = new TreeMap<>();
        for (Path file : files(".*\\.(adoc|md)")) {
            for (Block block : Page.read(file).blocks()) {
                String text = String.join("\n", block.text());
                if (block.language().equals("yaml")) {
                    problems.put(place(file) + ":" + block.line(), routes.ofYaml(text));
                } else if (block.language().equals("xml")
                        && !NO_ROUTES.matcher(text).matches()) {
                    problems.put(place(file) + ":" + block.line(), routes.ofXml(text));
                }
            }
        }
        assertThat(problems).as("blocks of routes").hasSizeGreaterThanOrEqualTo(4);
        for (Path file : files(".*\\.camel\\.ya?ml")) {
            problems.put(place(file), routes.ofYaml(Files.readString(file)));
        }
        for (Path file : files(".*\\.camel\\.xml")) {
            problems.put(place(file), routes.ofXml(Files.readString(file)));
        }
        List<Path> found = files(".*\\.kamelet\\.ya?ml");
        assertThat(found).hasSize(2);
        for (Path file : found) {
            problems.put(place(file), kamelets.problems(Files.readString(file)));
        }
        assertThat(problems)
                .allSatisfy((place, wrong) -> assertThat(wrong).as(place).isEmpty());
    }

    private static String place(Path file) {
        return ROOT.relativize(file).toString();
    }

    private static List<Path> files(String name) throws IOException {
        try (Stream<Path> walk = Files.walk(ROOT)) {
            return walk.filter(path -> path.toString().matches(name))
                    .filter(path -> !NOT_OURS.matcher(place(path)).matches())
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "steps: | setps:",
                "- to: | - too:",
                "parameters: | options:",
                "uri: databricks:reports | url: databricks:reports",
                "- route: | - rout:"
            })
    void shouldFindAPlantedMistakeInYaml(String right, String wrong) throws Exception {
        String text = Files.readString(SNIPPETS.resolve("reports.camel.yaml"));
        assertThat(text).contains(right);

        assertThat(routes.ofYaml(text.replace(right, wrong))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<from uri= | <form uri=",
                "<to uri= | <to url=",
                "route id= | route name=",
                "routes> | rutes>",
                "</route> | </rout>"
            })
    void shouldFindAPlantedMistakeInXml(String right, String wrong) throws Exception {
        String text = Files.readString(SNIPPETS.resolve("reports.camel.xml"));
        assertThat(text).contains(right);

        assertThat(routes.ofXml(text.replace(right, wrong))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "    title: | titel:",
                "type: integer | type: 5",
                "default: 10 | default: ten",
                "default: 10 | minimum: 1",
                "default: JSON_LINES | default: XML",
                "{{outputType}} | {{output}}",
                "- name | - nam",
                "description: The name | descripton: The name",
                "steps: | stepps:",
                "template: | templates:",
                "kind: Kamelet | kinds: Kamelet",
                "- to: \"kamelet:sink\" | - two: \"kamelet:sink\""
            })
    void shouldFindAPlantedMistakeInAKamelet(String right, String wrong) throws Exception {
        String text = Files.readString(Path.of("kamelets", "databricks-async-source.kamelet.yaml"));
        assertThat(text).contains(right);

        assertThat(kamelets.problems(text.replace(right, wrong))).isNotEmpty();
    }
}
