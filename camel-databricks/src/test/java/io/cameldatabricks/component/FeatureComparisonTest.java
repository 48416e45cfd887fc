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
package io.cameldatabricks.component;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever moves a route over finds each of its options on the page, and no option that does not exist. */
class FeatureComparisonTest {

    private static final Path PAGE = Path.of("..", "docs", "feature-comparison.adoc");
    private static final Pattern CODE = Pattern.compile("`([A-Za-z0-9]+)`");

    @ParameterizedTest
    @CsvSource({"sql, == camel-sql, == camel-jdbc", "jdbc, == camel-jdbc, == camel-aws2-athena"})
    void shouldSayWhatStandsForEachOptionOfAProducer(String scheme, String from, String to) throws Exception {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf(from), page.indexOf(to));
        Set<String> named = new TreeSet<>();
        section.lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> CODE.matcher(line).results().forEach(code -> named.add(code.group(1))));

        assertThat(named).containsAll(producerOptions(scheme));
    }

    private static Set<String> producerOptions(String scheme) throws Exception {
        String file = "/META-INF/org/apache/camel/component/" + scheme + "/" + scheme + ".json";
        JsonObject json;
        try (InputStream in = FeatureComparisonTest.class.getResourceAsStream(file)) {
            json = (JsonObject) Jsoner.deserialize(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        Map<String, JsonObject> options = json.getMap("properties");
        Set<String> names = new TreeSet<>();
        options.forEach((name, option) -> {
            String label = option.getStringOrDefault("label", "");
            if (!label.contains("consumer") && !label.contains("scheduler")) {
                names.add(name);
            }
        });
        assertThat(names).hasSizeGreaterThan(8);
        return names;
    }
}
