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
package io.cameldatabricks.component.repository.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.SampleHandles;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.Takeover;
import io.cameldatabricks.component.statement.HandleState;

import static org.assertj.core.api.Assertions.assertThat;

/** Kills a process that writes to the embedded store, again and again; {@code -Dhandles.kills=100} for more. */
class KilledProcessTest {

    private static final int KILLS = Integer.getInteger("handles.kills", 4);

    @TempDir
    Path dir;

    private final Random random = new Random();

    @Test
    void shouldKeepEveryAcknowledgedWriteOfAKilledProcess() throws Exception {
        Map<String, Long> acknowledged = new HashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            Path output = dir.resolve("output" + kill);
            killWhileWriting(output, "run" + kill, 200 + random.nextInt(2000));
            List<String> lines = Files.readAllLines(output);
            // the last line may be cut
            for (String line : lines.subList(0, lines.size() - 1)) {
                String[] words = line.split(" ");
                assertThat(words[0]).as(line).isNotEqualTo("REFUSED");
                acknowledged.merge(words[0], Long.valueOf(words[1]), Math::max);
            }
            assertAllThere(acknowledged);
        }
    }

    private void assertAllThere(Map<String, Long> acknowledged) {
        try (EmbeddedHandleStore store = EmbeddedHandleStore.open(dir.resolve("store"))) {
            StatementHandleRepository repository = store.repository();
            acknowledged.forEach((key, version) -> assertThat(repository.find(key))
                    .as(key)
                    .hasValueSatisfying(handle -> assertThat(handle.version()).isGreaterThanOrEqualTo(version)));
            // I1: and all that is unfinished has an owner again, without waiting for a lease to run out
            long unfinished = repository.counts(SampleHandles.NAME).entrySet().stream()
                    .filter(count -> count.getKey() == HandleState.INTENDED || count.getKey() == HandleState.SUBMITTED)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            NodeLease lease = repository.join("next", Duration.ofSeconds(30));
            Takeover takeover = repository.takeOver(lease, List.of(SampleHandles.NAME), 1000);
            assertThat(takeover.owned()).hasSize((int) unfinished);
        }
    }

    private void killWhileWriting(Path output, String prefix, int lines) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        dir.resolve("store").toString(),
                        prefix)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> !writer.isAlive() || linesOf(output) >= lines);
            assertThat(writer.isAlive())
                    .as("the writer works until it is killed")
                    .isTrue();
        } finally {
            writer.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        assertThat(writer.exitValue()).as("killed by SIGKILL").isEqualTo(128 + 9);
    }

    private static long linesOf(Path output) throws IOException {
        try (var lines = Files.lines(output)) {
            return lines.count();
        }
    }
}
