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
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** States, waits, cancels and retention of statements. */
class StatementProtocolTest {

    @RegisterExtension
    static LocalWarehouse warehouse =
            LocalWarehouse.create(WarehouseOptions.scripted().withLimits(2, 3));

    private final Sea sea = new Sea(warehouse);

    @BeforeEach
    void teach() {
        warehouse.clearScripts();
        warehouse.script(
                Script.matching("SELECT slow.*").column("a", "INT").row(1).takes(Duration.ofMinutes(10)));
    }

    @Test
    void shouldAnswerAtOnceWithoutWait() {
        Sea.Answer submitted = sea.execute("SELECT slow", "\"wait_timeout\":\"0s\"");
        assertThat(submitted.status()).isEqualTo(200);
        assertThat(submitted.state()).isIn("PENDING", "RUNNING");
        assertThat(submitted.json().has("manifest")).isFalse();
        await().until(() -> sea.get(submitted.id()).state().equals("RUNNING"));
        warehouse.advanceClock(Duration.ofMinutes(10));
        Sea.Answer done = sea.get(submitted.id());
        assertThat(done.state()).isEqualTo("SUCCEEDED");
        assertThat(done.json().at("/result/data_array/0/0").asText()).isEqualTo("1");
        assertThat(done.json().at("/manifest/schema/columns/0/type_name").asText())
                .isEqualTo("INT");
    }

    @Test
    void shouldGoOnAfterTheWaitByDefault() {
        CompletableFuture<Sea.Answer> answer =
                CompletableFuture.supplyAsync(() -> sea.execute("SELECT slow 1", "\"wait_timeout\":\"5s\""));
        awaitRunning("SELECT slow 1");
        warehouse.advanceClock(Duration.ofSeconds(5));
        assertThat(answer.join().state()).isEqualTo("RUNNING");
        warehouse.advanceClock(Duration.ofMinutes(10));
        assertThat(sea.get(answer.join().id()).state()).isEqualTo("SUCCEEDED");
    }

    @Test
    void shouldCancelAfterTheWaitWhenAsked() {
        CompletableFuture<Sea.Answer> answer = CompletableFuture.supplyAsync(
                () -> sea.execute("SELECT slow 2", "\"wait_timeout\":\"50s\"", "\"on_wait_timeout\":\"CANCEL\""));
        awaitRunning("SELECT slow 2");
        warehouse.advanceClock(Duration.ofSeconds(50));
        assertThat(answer.join().state()).isEqualTo("CANCELED");
    }

    @Test
    void shouldAnswerWhenTheStatementEndsWithinTheWait() {
        warehouse.script(Script.statement("SELECT soon").takes(Duration.ofMillis(200)));
        assertThat(sea.execute("SELECT soon").state()).isEqualTo("SUCCEEDED");
    }

    @Test
    void shouldFailWithStatus200() {
        warehouse.script(Script.statement("SELECT bad").fails("42703", "[UNRESOLVED_COLUMN] no `bad`"));
        Sea.Answer failed = sea.execute("SELECT bad");
        assertThat(failed.status()).isEqualTo(200);
        assertThat(failed.state()).isEqualTo("FAILED");
        assertThat(failed.json().at("/status/sql_state").asText()).isEqualTo("42703");
        assertThat(failed.json().at("/status/error/error_code").asText()).isEqualTo("BAD_REQUEST");
        assertThat(failed.json().at("/status/error/message").asText()).isEqualTo("[UNRESOLVED_COLUMN] no `bad`");
    }

    @Test
    void shouldCancelARunningStatement() {
        String id = sea.execute("SELECT slow", "\"wait_timeout\":\"0s\"").id();
        assertThat(sea.send("POST", Sea.STATEMENTS + "/" + id + "/cancel", "{}").status())
                .isEqualTo(200);
        await().until(() -> sea.get(id).state().equals("CANCELED"));
        assertThat(sea.send("POST", Sea.STATEMENTS + "/" + id + "/cancel", "{}").status())
                .isEqualTo(200);
    }

    @Test
    void shouldNotCancelWhatHasSucceeded() {
        String id = sea.execute("SELECT 1").id();
        sea.send("POST", Sea.STATEMENTS + "/" + id + "/cancel", "{}");
        assertThat(sea.get(id).state()).isEqualTo("SUCCEEDED");
    }

    @Test
    void shouldQueueAndRefuseWhatDoesNotFit() {
        String[] ids = new String[5];
        for (int i = 0; i < 5; i++) {
            ids[i] = sea.execute("SELECT slow", "\"wait_timeout\":\"0s\"").id();
        }
        await().until(() -> sea.get(ids[1]).state().equals("RUNNING"));
        assertThat(sea.get(ids[2]).state()).isEqualTo("PENDING");
        Sea.Answer refused = sea.execute("SELECT slow", "\"wait_timeout\":\"0s\"");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.errorCode()).isEqualTo("RESOURCE_EXHAUSTED");
        sea.send("POST", Sea.STATEMENTS + "/" + ids[3] + "/cancel", "{}");
        assertThat(sea.get(ids[3]).state()).isEqualTo("CANCELED");
        warehouse.advanceClock(Duration.ofMinutes(10));
        await().until(() -> sea.get(ids[4]).state().equals("RUNNING"));
        assertThat(sea.get(ids[0]).state()).isEqualTo("SUCCEEDED");
        warehouse.advanceClock(Duration.ofMinutes(10));
        assertThat(sea.get(ids[4]).state()).isEqualTo("SUCCEEDED");
    }

    @Test
    void shouldCloseASucceededStatement() {
        String id = sea.execute("SELECT 1").id();
        assertThat(sea.send("DELETE", Sea.STATEMENTS + "/" + id, null).status()).isEqualTo(200);
        Sea.Answer closed = sea.get(id);
        assertThat(closed.state()).isEqualTo("CLOSED");
        assertThat(closed.json().has("result")).isFalse();
        assertThat(sea.send("GET", Sea.STATEMENTS + "/" + id + "/result/chunks/0", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void shouldStopARunningStatementThatIsClosed() {
        String id = sea.execute("SELECT slow", "\"wait_timeout\":\"0s\"").id();
        sea.send("DELETE", Sea.STATEMENTS + "/" + id, null);
        await().until(() -> sea.get(id).state().equals("CANCELED"));
    }

    @Test
    void shouldKeepResultsOneHourAndStatementsTwelve() {
        String id = sea.execute("SELECT 1").id();
        warehouse.advanceClock(Duration.ofMinutes(59));
        assertThat(sea.get(id).state()).isEqualTo("SUCCEEDED");
        warehouse.advanceClock(Duration.ofMinutes(1));
        assertThat(sea.get(id).state()).isEqualTo("CLOSED");
        warehouse.advanceClock(Duration.ofHours(11));
        Sea.Answer purged = sea.get(id);
        assertThat(purged.status()).isEqualTo(404);
        assertThat(purged.errorCode()).isEqualTo("NOT_FOUND");
        assertThat(history("filter_by.statement_ids=" + id).at("/res/0/status").asText())
                .isEqualTo("FINISHED");
    }

    @Test
    void shouldCancelAStatementThatNobodyAsksAfter() {
        warehouse.script(Script.statement("SELECT hours").takes(Duration.ofHours(2)));
        String asked = sea.execute("SELECT hours", "\"wait_timeout\":\"0s\"").id();
        String forgotten =
                sea.execute("SELECT hours", "\"wait_timeout\":\"0s\"").id();
        for (int i = 0; i < 3; i++) {
            warehouse.advanceClock(Duration.ofMinutes(8));
            assertThat(sea.get(asked).state()).isEqualTo("RUNNING");
        }
        assertThat(sea.get(forgotten).state()).isEqualTo("CANCELED");
        sea.send("POST", Sea.STATEMENTS + "/" + asked + "/cancel", "{}");
    }

    @Test
    void shouldAnswerTheStatusAlone() {
        String id = sea.execute("SELECT 1").id();
        Sea.Answer status = sea.send("GET", Sea.STATEMENTS + "/" + id + "/status", null);
        assertThat(status.state()).isEqualTo("SUCCEEDED");
        assertThat(status.json().has("result")).isFalse();
    }

    private void awaitRunning(String sql) {
        await().until(() -> {
            for (JsonNode entry : history("filter_by.statuses=RUNNING").path("res")) {
                if (entry.path("query_text").asText().equals(sql)) {
                    return true;
                }
            }
            return false;
        });
    }

    private JsonNode history(String query) {
        return sea.send("GET", "/api/2.0/sql/history/queries?" + query, null).json();
    }
}
