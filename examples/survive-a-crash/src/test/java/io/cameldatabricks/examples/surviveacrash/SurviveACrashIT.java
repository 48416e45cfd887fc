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
package io.cameldatabricks.examples.surviveacrash;

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

class SurviveACrashIT {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.create();

    @TempDir
    Path folder;

    @Test
    void shouldReceiveEveryReportOnceRunAlthoughTheProcessIsKilled() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        boolean kept;
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            kept = SurviveACrash.run(warehouse, folder, out);
        }

        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(kept).as(text).isTrue();
        assertThat(text.lines())
                .contains("first    r01 is submitted", "first    r10 is submitted")
                .anyMatch(line -> line.startsWith("*** The process was killed."))
                .anyMatch(line -> line.startsWith("second   r10 has arrived"))
                .contains("r01     once  yes", "r10     once  yes")
                .contains("10 reports submitted, 0 lost, 0 ran twice");
        for (String report : ReportOffice.reports()) {
            List<String> csv = Files.readAllLines(folder.resolve(report + ".csv"));
            assertThat(csv).hasSize(2);
            assertThat(csv.get(0)).isEqualTo("report,orders,turnover");
            assertThat(csv.get(1)).startsWith(report + ",");
        }
    }
}
