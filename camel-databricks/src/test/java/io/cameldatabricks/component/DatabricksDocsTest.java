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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the tables of the component's page equal to the generated metadata. Outside Camel's own site nothing renders
 * them; {@code -Ddocs.update=true} writes them anew.
 */
class DatabricksDocsTest {

    private static final Path PAGE = Path.of("src", "main", "docs", "databricks-component.adoc");

    @Test
    void shouldShowTheOptionsAndHeadersThatExist() throws Exception {
        JsonObject json = Metadata.read();
        String page = Files.readString(PAGE);
        String expected = section(page, "component options", table(json.getMap("componentProperties")));
        expected = section(expected, "endpoint options", table(json.getMap("properties")));
        expected = section(expected, "headers", table(json.getMap("headers")));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(expected);
    }

    private static String section(String page, String name, String body) {
        String start = "// " + name + ": START\n";
        String end = "// " + name + ": END";
        assertThat(page).contains(start, end);
        int from = page.indexOf(start) + start.length();
        return page.substring(0, from) + body + page.substring(page.indexOf(end));
    }

    private static String table(Map<String, JsonObject> options) {
        StringBuilder table = new StringBuilder(
                "[width=\"100%\",cols=\"2,5,^1,2\",options=\"header\"]\n|===\n| Name | Description | Default | Type\n");
        options.forEach((name, option) -> table.append("\n| *")
                .append(name)
                .append("* (")
                .append(option.getString("group"))
                .append(')')
                .append(option.getBooleanOrDefault("required", false) ? " *Required*" : "")
                .append(option.getBooleanOrDefault("secret", false) ? " *Secret*" : "")
                .append("\n| ")
                .append(text(option))
                .append("\n| ")
                .append(option.get("defaultValue") == null ? "" : option.get("defaultValue"))
                .append("\n| ")
                .append(type(option))
                .append('\n'));
        return table.append("|===\n").toString();
    }

    private static String text(JsonObject option) {
        return option.getString("description").replace("|", "\\|").replace("{", "\\{");
    }

    private static String type(JsonObject option) {
        if ("duration".equals(option.getString("type"))) {
            return "duration";
        }
        String type = option.getString("javaType").replaceAll("<.*", "");
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
