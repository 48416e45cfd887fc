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
package io.cameldatabricks.examples.messagedrivenetl;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;

class MessageDrivenEtlIT {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.create();

    @TempDir
    Path folder;

    @Test
    void shouldHaveEachOrderOnceAlthoughTheProcessIsKilledBeforeTheBrokerKnows() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        boolean kept;
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            kept = new MessageDrivenEtl(warehouse, folder, out)
                    .run(60, List.of(new Kill("a batch is loaded", " is loaded", 1, Duration.ZERO)));
        }

        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(kept).as(text).isTrue();
        assertThat(text.lines())
                .anyMatch(line -> line.startsWith("*** kill -9"))
                .anyMatch(line -> line.matches("etl   batch 0001-\\d+ comes again; the warehouse has it"))
                .anyMatch(line -> line.startsWith("0 orders lost, 0 orders twice, 0 customers as of an old order"));
        try (Stream<Path> reports = Files.list(folder.resolve("reports"))) {
            assertThat(reports).isNotEmpty();
        }
    }

    /** {@code -Detl.kills=N -Detl.seed=S}: after each start at a random moment, most of them while a batch is under way. */
    @Test
    @Tag("soak")
    void shouldHaveEachOrderOnceHoweverOftenTheProcessIsKilled() throws Exception {
        int kills = Integer.getInteger("etl.kills", 20);
        long seed = Long.getLong("etl.seed", System.nanoTime());
        System.out.println("etl.seed=" + seed);
        Random random = new Random(seed);
        List<String> moments = List.of("is up", "batch ", " is loaded", " is done");
        List<Kill> story = IntStream.range(0, kills)
                .mapToObj(i -> moments.get(random.nextInt(moments.size())))
                .map(moment -> new Kill("after: " + moment, moment, 1, Duration.ofMillis(random.nextInt(5_000))))
                .toList();

        assertThat(new MessageDrivenEtl(warehouse, folder, System.out).run(kills * 40, story))
                .isTrue();
    }
}
