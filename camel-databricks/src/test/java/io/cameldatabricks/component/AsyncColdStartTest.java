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

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.StatementDetachedException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.fault.SlowStart;

import static org.assertj.core.api.Assertions.assertThat;

/** EXECUTE with async=true meets a warehouse that has to start: the rules are those of EXECUTE without. */
@Timeout(60)
class AsyncColdStartTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private RunningContext camel;

    @BeforeEach
    void start() {
        camel = new RunningContext();
        warehouse.clearScripts();
        warehouse.script(Script.statement("INSERT quick").updateCount(1));
        warehouse.script(
                Script.statement("INSERT slow").takes(Duration.ofMinutes(5)).updateCount(1));
    }

    @AfterEach
    void stop() {
        warehouse.clearFaults();
        camel.close();
    }

    private Exchange send(String options) {
        return camel.send("databricks:cold?" + warehouse.endpointOptions() + "&async=true&" + options);
    }

    @Test
    void shouldNotCountTheStartForTheQueryTimeout() {
        warehouse.inject(new SlowStart(Duration.ofSeconds(4)));

        assertThat(send("queryTimeout=3s&query=INSERT quick").getException()).isNull();
    }

    @Test
    void shouldCountFromTheStartOn() {
        warehouse.inject(new SlowStart(Duration.ofSeconds(1)));

        assertThat(send("queryTimeout=400&query=INSERT slow").getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessage("The statement ran longer than queryTimeout=400ms and was cancelled");
    }

    @Test
    void shouldGiveUpOnAStartThatTakesTooLong() {
        warehouse.inject(new SlowStart(Duration.ofHours(1)));

        assertThat(send("startTimeout=1s&query=INSERT quick").getException())
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessage("The warehouse did not start within startTimeout=1000ms and the statement was cancelled");
    }

    @Test
    void shouldLeaveAStatementThatWaitsForAStartRunningOnDemand() {
        warehouse.inject(new SlowStart(Duration.ofHours(1)));

        assertThat(send("startTimeout=1s&onTimeout=DETACH&query=INSERT quick").getException())
                .isInstanceOf(StatementDetachedException.class)
                .hasMessageStartingWith("The warehouse did not start within startTimeout=1000ms; it was left running");
    }
}
