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
package io.cameldatabricks.testinfra;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DataFolderIT {

    @Test
    void shouldKeepTablesInAGivenFolder(@TempDir Path folder) {
        WarehouseOptions options = WarehouseOptions.spark().withDataFolder(folder.resolve("data"));
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(options)) {
            Sea sea = new Sea(warehouse);
            assertThat(sea.execute("CREATE TABLE main.default.kept (a INT)", "\"wait_timeout\":\"50s\"")
                            .state())
                    .isEqualTo("SUCCEEDED");
            assertThat(sea.execute("INSERT INTO main.default.kept VALUES (7)", "\"wait_timeout\":\"50s\"")
                            .state())
                    .isEqualTo("SUCCEEDED");
        }
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(options)) {
            Sea.Answer answer =
                    new Sea(warehouse).execute("SELECT a FROM main.default.kept", "\"wait_timeout\":\"50s\"");
            assertThat(answer.json().at("/result/data_array/0/0").asText()).isEqualTo("7");
        }
    }
}
