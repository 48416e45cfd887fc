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
package io.cameldatabricks.examples.asyncreport;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;

class AsyncReportIT {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.create();

    @TempDir
    Path folder;

    @Test
    void shouldShowHowEveryReportEnds() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            AsyncReport.run(warehouse, folder, 0.01, out);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .contains("q01          is submitted", "endless      is submitted")
                .contains("q01          is in q01.csv", "q03          is in q03.csv", "q06          is in q06.csv")
                .contains("endless      is CANCELED on the server")
                .anyMatch(line -> line.startsWith("broken       is not there: ") && line.contains("DIVIDE_BY_ZERO"))
                .anyMatch(line -> line.startsWith("endless      is not there: ") && line.contains("cancelled"))
                .contains("left-behind  is read by another program:")
                .anyMatch(line -> line.startsWith("1-URGENT"))
                .anyMatch(line -> line.startsWith("5-LOW"));
        List<String> q01 = Files.readAllLines(folder.resolve("q01.csv"));
        assertThat(q01).hasSize(5);
        assertThat(q01.get(0)).startsWith("l_returnflag,l_linestatus,sum_qty,");
        assertThat(q01.get(1)).startsWith("A,F,");
        assertThat(Files.readAllLines(folder.resolve("q03.csv"))).hasSize(11);
        assertThat(Files.readAllLines(folder.resolve("q06.csv"))).hasSize(2);
    }
}
