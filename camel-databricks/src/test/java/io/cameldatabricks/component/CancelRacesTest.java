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
package io.cameldatabricks.component;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseStatement;

import static org.assertj.core.api.Assertions.assertThat;

/** Cancels against completions: what is reported is what happened. The figure cancel-races runs 10,000 of these. */
@Timeout(60)
class CancelRacesTest {

    private static final int RACES = 150;
    private static final int DURATIONS = 15;

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    @Test
    void shouldReportTheStateThatTheServerHas() {
        String options = warehouse.endpointOptions();
        for (int i = 0; i < DURATIONS; i++) {
            warehouse.script(Script.statement("SELECT " + i)
                    .takes(Duration.ofMillis(i * 25L))
                    .column("a", "INT")
                    .row(1));
        }
        Map<String, String> reported = new ConcurrentHashMap<>();
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try (RunningContext camel = new RunningContext()) {
            List<CompletableFuture<Void>> races = IntStream.range(0, RACES)
                    .mapToObj(i -> CompletableFuture.runAsync(
                            () -> {
                                StatementReference handle = camel.send("databricks:races?" + options
                                                + "&operation=SUBMIT&query=SELECT " + i % DURATIONS)
                                        .getMessage()
                                        .getBody(StatementReference.class);
                                StatementStatus status = camel.send(
                                                "databricks:races?" + options + "&operation=CANCEL", handle, Map.of())
                                        .getMessage()
                                        .getBody(StatementStatus.class);
                                reported.put(
                                        handle.id().publicPart(), status.state().name());
                            },
                            clients))
                    .toList();
            races.forEach(CompletableFuture::join);
        } finally {
            clients.shutdownNow();
        }

        Map<String, String> happened = warehouse.statements().stream()
                .collect(Collectors.toMap(WarehouseStatement::id, WarehouseStatement::state));
        assertThat(reported).hasSize(RACES).isEqualTo(happened);
        assertThat(reported.values()).contains("CANCELED", "SUCCEEDED");
    }
}
