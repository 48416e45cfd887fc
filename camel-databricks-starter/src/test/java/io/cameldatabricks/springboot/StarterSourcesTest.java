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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is committed under {@code src/generated} follows from the options that the component has now. */
class StarterSourcesTest {

    @Test
    void shouldHoldWhatFollowsFromTheOptionsOfTheComponent() throws IOException {
        Map<Path, String> expected = new StarterSources(ComponentOptions.all()).all();

        for (Map.Entry<Path, String> file : expected.entrySet()) {
            if (Boolean.getBoolean("starter.update")) {
                Files.createDirectories(file.getKey().getParent());
                Files.writeString(file.getKey(), file.getValue());
            }
            // the files are too long to be shown
            assertThat(Files.readString(file.getKey()).equals(file.getValue()))
                    .as(
                            "%s is out of date: mvn test -pl camel-databricks-starter -am -Dtest=StarterSourcesTest"
                                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dstarter.update=true, and commit it",
                            file.getKey())
                    .isTrue();
        }
    }
}
