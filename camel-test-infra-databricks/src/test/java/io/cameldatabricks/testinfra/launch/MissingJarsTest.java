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

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.testinfra.LocalWarehouseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MissingJarsTest {

    @Test
    void shouldNameEachJarWithItsClassifierAndNothingElse() {
        String pom = MissingJars.pom(List.of(
                "org/apache/orc/orc-core/2.3.0/orc-core-2.3.0-shaded-protobuf.jar",
                "at/yawk/lz4/lz4-java/1.11.0/lz4-java-1.11.0.jar"));
        assertThat(pom)
                .contains("<groupId>org.apache.orc</groupId><artifactId>orc-core</artifactId>"
                        + "<version>2.3.0</version><classifier>shaded-protobuf</classifier><exclusions>")
                .contains("<groupId>at.yawk.lz4</groupId><artifactId>lz4-java</artifactId>"
                        + "<version>1.11.0</version><exclusions>");
    }

    @Test
    void shouldSayWhatIsMissingWhenItCannotBeFetched(@TempDir Path repository) {
        assertThatThrownBy(() -> MissingJars.fetch(repository, List.of("no/such/thing/1/thing-1.jar"), "-o"))
                .isInstanceOf(LocalWarehouseException.class)
                .hasMessageContaining("no/such/thing/1/thing-1.jar")
                .hasMessageContaining(repository.toString());
    }
}
