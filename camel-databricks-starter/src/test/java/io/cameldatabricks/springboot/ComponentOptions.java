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
package io.cameldatabricks.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.camel.util.json.DeserializationException;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/** The options that the component's own metadata lists. */
final class ComponentOptions {

    private static final String METADATA = "/META-INF/io/cameldatabricks/component/databricks.json";

    /**
     * One option.
     *
     * @param type of the metadata: string, boolean, integer, number, duration, enum or object
     * @param javaType of the setter
     * @param defaultValue null for none
     * @param values of an enum, else empty
     */
    record Option(
            String name, String type, String javaType, String description, Object defaultValue, List<String> values) {}

    private ComponentOptions() {}

    /** All of them, in the order of the metadata. */
    static List<Option> all() {
        List<Option> options = new ArrayList<>();
        Map<String, JsonObject> properties = read().getMap("componentProperties");
        properties.forEach((name, option) -> options.add(new Option(
                name,
                option.getString("type"),
                option.getString("javaType"),
                option.getString("description"),
                option.get("defaultValue"),
                values(option))));
        return options;
    }

    private static List<String> values(JsonObject option) {
        List<String> values = new ArrayList<>();
        if (option.getCollection("enum") != null) {
            option.getCollection("enum").forEach(value -> values.add(String.valueOf(value)));
        }
        return values;
    }

    private static JsonObject read() {
        try (InputStream in = ComponentOptions.class.getResourceAsStream(METADATA)) {
            return (JsonObject) Jsoner.deserialize(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DeserializationException e) {
            throw new IllegalStateException("The metadata of the component cannot be read", e);
        }
    }
}
