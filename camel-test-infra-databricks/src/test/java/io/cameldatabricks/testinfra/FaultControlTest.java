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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.testinfra.fault.ActiveFault;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ClosedOnSuccess;
import io.cameldatabricks.testinfra.fault.Fault;
import io.cameldatabricks.testinfra.fault.ServerError;
import io.cameldatabricks.testinfra.fault.SlowStart;
import io.cameldatabricks.testinfra.fault.TooManyRequests;
import io.cameldatabricks.testinfra.fault.TruncatedResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which calls a fault meets, and how it is switched on, counted and switched off. */
class FaultControlTest {

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final Sea sea = new Sea(warehouse);

    @BeforeEach
    void heal() {
        warehouse.clearFaults();
        warehouse.clearRequests();
    }

    @Test
    void shouldMeetStatementsByTheirTextAlsoWhenAskedByTheirId() {
        warehouse.script(Script.matching("INSERT .*").updateCount(1));
        String spoiled = sea.execute("INSERT INTO a\nVALUES (1)").id();
        String healthy = sea.execute("INSERT INTO b VALUES (1)").id();
        ActiveFault fault = warehouse.inject(
                ServerError.status(503).on(CallKind.STATUS, CallKind.SUBMIT).onStatement("insert into A\\s.*"));
        assertThat(sea.get(spoiled).status()).isEqualTo(503);
        assertThat(sea.execute("INSERT INTO a VALUES (2)").status()).isEqualTo(503);
        assertThat(sea.get(healthy).status()).isEqualTo(200);
        assertThat(sea.execute("INSERT INTO b VALUES (2)").status()).isEqualTo(200);
        assertThat(sea.get("unknown").status()).isEqualTo(404);
        assertThat(fault.hits()).isEqualTo(2);
    }

    @Test
    void shouldSkipAndCount() {
        ActiveFault fault = warehouse.inject(ServerError.status(500).skip(2).times(2));
        List<Integer> statuses = IntStream.range(0, 6)
                .map(i -> sea.execute("SELECT 1").status())
                .boxed()
                .toList();
        assertThat(statuses).containsExactly(200, 200, 500, 500, 200, 200);
        assertThat(fault.hits()).isEqualTo(2);
        assertThat(warehouse.requests())
                .filteredOn(request -> request.uri().equals(Sea.STATEMENTS))
                .extracting(WarehouseRequest::faults)
                .containsExactly(List.of(), List.of(), List.of(fault.id()), List.of(fault.id()), List.of(), List.of());
    }

    @Test
    void shouldLetOneCallMeetSeveralFaults() {
        ActiveFault truncated = warehouse.inject(TruncatedResult.markedOnly());
        ActiveFault closed = warehouse.inject(ClosedOnSuccess.withResult());
        ActiveFault first =
                warehouse.inject(ServerError.status(502).afterExecution().times(1));
        ActiveFault second = warehouse.inject(TooManyRequests.always());
        assertThat(sea.execute("SELECT 1").status()).isEqualTo(502);
        assertThat(second.hits()).as("what was settled before").isZero();
        assertThat(sea.execute("SELECT 1").status()).isEqualTo(429);
        second.close();
        Sea.Answer answer = sea.execute("SELECT 1");
        assertThat(answer.state()).isEqualTo("CLOSED");
        assertThat(answer.json().at("/manifest/truncated").asBoolean()).isTrue();
        assertThat(List.of(truncated.hits(), closed.hits(), first.hits())).containsExactly(3, 3, 1);
        assertThat(warehouse.requests()).last().satisfies(request -> assertThat(request.faults())
                .containsExactly(truncated.id(), closed.id()));
    }

    @Test
    void shouldBeNormalWithoutFaults() {
        warehouse.inject(ServerError.status(500));
        warehouse.inject(new SlowStart(Duration.ofHours(1)));
        warehouse.clearFaults();
        assertThat(sea.execute("SELECT 1").state()).isEqualTo("SUCCEEDED");
        try (ActiveFault fault = warehouse.inject(ServerError.status(500))) {
            assertThat(sea.execute("SELECT 1").status()).isEqualTo(500);
            warehouse.control().switchOff(fault.id());
        }
        assertThat(sea.execute("SELECT 1").state()).isEqualTo("SUCCEEDED");
        assertThat(warehouse.requests()).last().satisfies(request -> assertThat(request.faults())
                .isEmpty());
    }

    @Test
    void shouldCheckTheTokenBeforeAnyFault() {
        ActiveFault fault = warehouse.inject(ServerError.status(500));
        assertThat(sea.send("POST", Sea.STATEMENTS, "{}", "Bearer wrong").status())
                .isEqualTo(401);
        assertThat(fault.hits()).isZero();
    }

    @Test
    void shouldBeSteeredByAnotherJvmThatKnowsTheEndpoint() {
        WarehouseControl control =
                WarehouseEndpoint.of(warehouse.endpoint().toProperties()).control();
        ActiveFault fault = control.inject(ServerError.status(504).times(1));
        assertThat(sea.execute("SELECT 1").status()).isEqualTo(504);
        assertThat(control.faultHits(fault.id())).isEqualTo(1);
        control.clearFaults();
        assertThat(control.faultHits(fault.id())).isZero();
    }

    @Test
    void shouldListWhatWasAcceptedWithItsTags() {
        String id = sea.execute(
                        "SELECT 1",
                        "\"query_tags\":[{\"key\":\"handle\",\"value\":\"h1\"},{\"key\":\"dry\",\"value\":\"\"}]")
                .id();
        warehouse.inject(ServerError.status(500));
        sea.execute("SELECT 1", "\"query_tags\":[{\"key\":\"handle\",\"value\":\"h2\"}]");
        assertThat(warehouse.statements()).last().satisfies(statement -> {
            assertThat(statement.id()).isEqualTo(id);
            assertThat(statement.tags()).isEqualTo(Map.of("handle", "h1", "dry", ""));
            assertThat(statement.sql()).isEqualTo("SELECT 1");
            assertThat(statement.acceptedAt()).isBeforeOrEqualTo(warehouse.clock());
        });
        assertThat(warehouse.statements())
                .noneMatch(statement -> "h2".equals(statement.tags().get("handle")));
    }

    @Test
    void shouldSayWhatIsWrongWithAFault() {
        assertThat(control("fault=Nothing")).contains("no fault with the name 'Nothing'");
        assertThat(control("fault=ServerError&statement=(")).contains("regular expression");
        assertThat(control("fault=ServerError&status=x")).contains("'status'");
        assertThat(control("fault=ServerError&kinds=WALK")).contains("'kinds'", "WALK");
        assertThat(control("fault=SlowStart&start=long")).contains("'start'");
        assertThatThrownBy(() -> ServerError.status(404)).hasMessageContaining("404");
        assertThatThrownBy(() -> TooManyRequests.first(0)).hasMessageContaining("more than zero");
        assertThatThrownBy(() -> new SlowStart(Duration.ZERO)).hasMessageContaining("must take time");
        assertThat(warehouse.control().faultHits("ServerError-1")).isZero();
        assertThat(sea.execute("SELECT 1").status()).isEqualTo(200);
    }

    @Test
    void shouldNotDisturbOthersOnASharedWarehouse() {
        LocalWarehouse shared = LocalWarehouse.create();
        Fault fault = ServerError.status(500);
        assertThatThrownBy(() -> shared.inject(fault))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("onStatement");
    }

    private String control(String form) {
        Sea.Answer answer = sea.send("POST", "/local/faults", form);
        assertThat(answer.status()).isEqualTo(400);
        return answer.message();
    }
}
