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
import java.util.Map;

import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The committed builders know the options that the component has. Where they do not: {@code mvn -q -Pendpoint-dsl -pl
 * camel-databricks/endpointdsl -am compile}.
 */
class EndpointDslTest {

    @Test
    void shouldHaveAMethodForEachOption() throws Exception {
        JsonObject metadata = (JsonObject) Jsoner.deserialize(Files.readString(Project.file(
                "camel-databricks/src/generated/resources/META-INF/io/cameldatabricks/component/databricks.json")));
        String builders = Files.readString(Project.file("camel-databricks/endpointdsl/src/generated/java/io/"
                + "cameldatabricks/endpointdsl/dsl/DatabricksEndpointBuilderFactory.java"));
        Map<String, JsonObject> options = metadata.getMap("properties");

        assertThat(options.entrySet())
                .filteredOn(option -> "parameter".equals(option.getValue().getString("kind")))
                .extracting(Map.Entry::getKey)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(builders.contains(" " + name + "("))
                        .as("a method for " + name)
                        .isTrue());
    }
}
