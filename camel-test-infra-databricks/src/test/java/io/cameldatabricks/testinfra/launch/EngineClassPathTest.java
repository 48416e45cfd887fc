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
package io.cameldatabricks.testinfra.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.testinfra.WarehouseOptions.Engine;

import static org.assertj.core.api.Assertions.assertThat;

class EngineClassPathTest {

    @Test
    void shouldGiveTheScriptedEngineNothingOfSpark() {
        EngineClassPath classPath = EngineClassPath.of(Engine.SCRIPTED);
        assertThat(classPath.libraries()).hasSize(4).allMatch(Files::isRegularFile);
        assertThat(classPath.libraries()).noneMatch(jar -> jar.toString().contains("spark"));
    }

    /** Its jar is large: what is found before it is found fast. */
    @Test
    void shouldLookIntoTheDriverLast() {
        for (Engine engine : Engine.values()) {
            EngineClassPath classPath = EngineClassPath.of(engine);
            assertThat(classPath.libraries())
                    .noneMatch(jar -> jar.getFileName().toString().startsWith("databricks-jdbc"));
            assertThat(classPath.text()).matches(".*databricks-jdbc-[\\d.]+\\.jar");
        }
    }

    @Test
    void shouldGiveSparkOneJacksonAndNoTestLibrary() {
        List<String> jars = EngineClassPath.of(Engine.SPARK).libraries().stream()
                .map(Path::getFileName)
                .map(Path::toString)
                .toList();
        assertThat(jars).anyMatch(jar -> jar.startsWith("delta-spark"));
        assertThat(jars).noneMatch(jar -> jar.startsWith("junit") || jar.startsWith("databricks-jdbc"));
        assertThat(minor(jars, "jackson-core-")).isEqualTo(minor(jars, "jackson-databind-"));
    }

    private static String minor(List<String> jars, String name) {
        String jar =
                jars.stream().filter(each -> each.startsWith(name)).findFirst().orElseThrow();
        return jar.substring(name.length(), jar.lastIndexOf('.', jar.length() - ".jar".length() - 1));
    }
}
