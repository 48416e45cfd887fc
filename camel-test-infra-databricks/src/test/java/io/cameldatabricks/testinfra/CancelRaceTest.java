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

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A cancel that meets the end of its statement leaves it in one terminal state, for good, and no place is lost. */
class CancelRaceTest {

    private static final int THREADS = 4;
    private static final int RACES = 250;

    private enum End {
        SUCCEEDED,
        CANCELED
    }

    @RegisterExtension
    static LocalWarehouse warehouse =
            LocalWarehouse.create(WarehouseOptions.scripted().withLimits(3, 1000));

    private final Sea sea = new Sea(warehouse);

    @Test
    void shouldEndEachStatementOnceWhenCanceledAtAnyMoment() throws InterruptedException, ExecutionException {
        warehouse.script(
                Script.statement("SELECT short").column("a", "INT").row(1).takes(Duration.ofMillis(2)));
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        List<Future<Map<End, Integer>>> races = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            races.add(executor.submit((Callable<Map<End, Integer>>) this::race));
        }
        Map<End, Integer> ends = new EnumMap<>(End.class);
        for (Future<Map<End, Integer>> race : races) {
            race.get().forEach((end, count) -> ends.merge(end, count, Integer::sum));
        }
        executor.shutdown();
        assertThat(ends.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(THREADS * RACES);
        assertThat(ends)
                .as("both ends must have happened, else nothing was raced")
                .hasSize(2);
        // all places are free again
        for (int i = 0; i < 5; i++) {
            assertThat(sea.execute("SELECT short").state()).isEqualTo("SUCCEEDED");
        }
    }

    private Map<End, Integer> race() {
        Map<End, Integer> ends = new EnumMap<>(End.class);
        for (int i = 0; i < RACES; i++) {
            String id = sea.execute("SELECT short", "\"wait_timeout\":\"0s\"").id();
            for (int polls = ThreadLocalRandom.current().nextInt(6); polls > 0; polls--) {
                sea.get(id);
            }
            sea.send("POST", Sea.STATEMENTS + "/" + id + "/cancel", "{}");
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> List.of(
                            "SUCCEEDED", "CANCELED")
                    .contains(sea.get(id).state()));
            End end = End.valueOf(sea.get(id).state());
            sea.send("POST", Sea.STATEMENTS + "/" + id + "/cancel", "{}");
            assertThat(sea.get(id).state()).isEqualTo(end.name());
            ends.merge(end, 1, Integer::sum);
        }
        return ends;
    }
}
