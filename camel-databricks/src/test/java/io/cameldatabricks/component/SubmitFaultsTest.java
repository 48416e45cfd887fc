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
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RateLimitedException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ConnectionReset;
import io.cameldatabricks.testinfra.fault.CutPoint;
import io.cameldatabricks.testinfra.fault.ExpiringLinks;
import io.cameldatabricks.testinfra.fault.Fault;
import io.cameldatabricks.testinfra.fault.LostSubmitAnswer;
import io.cameldatabricks.testinfra.fault.PurgedStatement;
import io.cameldatabricks.testinfra.fault.ServerError;
import io.cameldatabricks.testinfra.fault.TooManyRequests;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever goes wrong between a SUBMIT and its delivery, the routes hear of it as documented, and nothing runs twice. */
@Timeout(120)
class SubmitFaultsTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private ConsumerScenario scenario;

    @BeforeEach
    void start() throws Exception {
        scenario = new ConsumerScenario(warehouse);
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    /** Who learns of a trouble, and what. */
    private enum Trouble {
        ANSWER_LOST(LostSubmitAnswer.afterAcceptance().times(1), "INSERT quick", true),
        ANSWER_CUT(LostSubmitAnswer.inTheAnswer().times(1), "INSERT quick", true),
        RESET_OF_THE_ANSWER(
                ConnectionReset.during(CallKind.SUBMIT)
                        .at(CutPoint.HALF_ANSWERED)
                        .times(1),
                "INSERT quick",
                true),
        ERROR_500_AFTER_EXECUTION(ServerError.status(500).afterExecution().times(1), "INSERT quick", true),
        ERROR_504_AFTER_EXECUTION(ServerError.status(504).afterExecution().times(1), "INSERT quick", true),
        READ_WHOSE_ANSWER_IS_LOST(LostSubmitAnswer.afterAcceptance().times(1), "SELECT 1", false),
        READ_WITH_ERROR_502(ServerError.status(502).afterExecution().times(1), "SELECT 1", false),
        REFUSED_503(ServerError.status(503).times(2), "INSERT quick", false),
        REFUSED_503_WITH_RETRY_AFTER(
                ServerError.status(503).retryAfter(Duration.ofSeconds(1)).times(1), "INSERT quick", false),
        STORM_OF_429(TooManyRequests.first(2).on(CallKind.SUBMIT), "INSERT quick", false),
        STORM_OF_429_AT_POLLS(TooManyRequests.first(7).on(CallKind.STATUS), "SELECT 1", false),
        STORM_WITH_RETRY_AFTER(TooManyRequests.first(3).retryAfter(Duration.ofSeconds(1)), "INSERT quick", false),
        STORM_WITH_A_DATE(TooManyRequests.first(3).retryAtDate(Duration.ofSeconds(1)), "INSERT quick", false),
        RESET_OF_POLLS(ConnectionReset.duringStatus().times(6), "SELECT 1", false),
        ERROR_500_OF_POLLS(ServerError.status(500).on(CallKind.STATUS).times(5), "SELECT 1", false),
        ERROR_504_OF_POLLS(ServerError.status(504).on(CallKind.STATUS).times(3), "SELECT 1", false),
        LINKS_THAT_HAVE_EXPIRED(ExpiringLinks.refused().times(1), "SELECT 1", false);

        private final Fault fault;
        private final String query;
        private final boolean unknownToTheSender;

        Trouble(Fault fault, String query, boolean unknownToTheSender) {
            this.fault = fault;
            this.query = query;
            this.unknownToTheSender = unknownToTheSender;
        }
    }

    /** A route named delivery, with failures in mock:failed. */
    private void deliver(String options) throws Exception {
        scenario.route(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DatabricksException.class).handled(true).to("mock:failed");
                from(scenario.uri("reports", options)).routeId("delivery").to("mock:results");
            }
        });
    }

    private Exchange submit(String options, String query) {
        return scenario.camel().send(scenario.uri("reports", "operation=SUBMIT" + options + "&query=" + query));
    }

    private static long statements() {
        return warehouse.statements().stream()
                .filter(statement -> statement.sql().startsWith("SELECT 1")
                        || statement.sql().startsWith("INSERT quick"))
                .count();
    }

    @ParameterizedTest
    @EnumSource
    void shouldDeliverInSpiteOf(Trouble trouble) throws Exception {
        long before = statements();
        deliver("");
        scenario.mock("results").expectedMessageCount(1);
        warehouse.inject(trouble.fault);

        Exchange sent = submit("", trouble.query);

        if (trouble.unknownToTheSender) {
            assertThat(sent.getException()).isInstanceOf(SubmitOutcomeUnknownException.class);
            assertThat(sent.getException()).hasMessageContaining("camel_handle=");
        } else {
            assertThat(sent.getException()).isNull();
            assertThat(sent.getMessage().getBody()).isInstanceOf(StatementReference.class);
        }
        scenario.mock("results").assertIsSatisfied();
        assertThat(scenario.mock("failed").getExchanges()).isEmpty();
        assertThat(statements() - before).as("each statement runs once").isEqualTo(1);
        scenario.awaitStored(HandleState.DELIVERED, 1);
    }

    /** The server asks for more time than anybody has; SeaProtocolTest goes on to the last attempt. */
    @Test
    void shouldSayThatNothingWasSubmittedInALongStorm() throws Exception {
        long before = statements();
        deliver("");
        warehouse.inject(
                TooManyRequests.always().retryAfter(Duration.ofMinutes(2)).on(CallKind.SUBMIT));

        assertThat(submit("", "INSERT quick").getException()).isInstanceOf(RateLimitedException.class);

        assertThat(statements()).isEqualTo(before);
        assertThat(scenario.camel().component().services().memoryRepository().counts("reports"))
                .isEmpty();
    }

    @Test
    void shouldTellBothRoutesThatAStatementWasNeverFound() throws Exception {
        long before = statements();
        deliver("settleTime=1s");
        scenario.mock("failed").expectedMessageCount(1);
        // read, so that the sender cannot know by itself that nothing was sent
        warehouse.inject(
                ConnectionReset.during(CallKind.SUBMIT).at(CutPoint.UNEXECUTED).times(1));

        Exchange sent = submit("", "INSERT quick");

        assertThat(sent.getException()).isInstanceOf(SubmitOutcomeUnknownException.class);
        scenario.mock("failed").assertIsSatisfied();
        assertThat(failure()).isInstanceOf(SubmitOutcomeUnknownException.class);
        assertThat(statements()).isEqualTo(before);
    }

    @Test
    void shouldSubmitAgainWhatMayRunTwice() throws Exception {
        long before = statements();
        deliver("");
        scenario.mock("results").expectedMessageCount(1);
        warehouse.inject(LostSubmitAnswer.beforeRequestIsRead().times(1));
        warehouse.inject(LostSubmitAnswer.afterAcceptance().times(1));

        Exchange sent = submit("&submitGuarantee=AT_LEAST_ONCE", "INSERT quick");

        assertThat(sent.getException()).isNull();
        scenario.mock("results").assertIsSatisfied();
        assertThat(statements() - before).isBetween(1L, 2L);
    }

    @Test
    void shouldReportAPurgedStatement() throws Exception {
        deliver("");
        scenario.mock("failed").expectedMessageCount(1);
        warehouse.inject(new PurgedStatement());

        assertThat(submit("", "SELECT slow").getException()).isNull();

        scenario.mock("failed").assertIsSatisfied();
        assertThat(failure())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("The server does not know the statement");
    }

    /** Over JDBC there is no history to search, so that both routes hear of it at once. */
    @Test
    void shouldReportALostAnswerOverJdbcAtOnce() throws Exception {
        long before = statements();
        deliver("asyncTransport=JDBC");
        scenario.mock("failed").expectedMessageCount(1);
        warehouse.inject(LostSubmitAnswer.afterAcceptance().times(1));

        Exchange sent = submit("&asyncTransport=JDBC", "SELECT 1");

        assertThat(sent.getException()).isInstanceOf(SubmitOutcomeUnknownException.class);
        scenario.mock("failed").assertIsSatisfied();
        assertThat(failure()).isInstanceOf(SubmitOutcomeUnknownException.class);
        assertThat(statements() - before).isEqualTo(1);
    }

    private Throwable failure() {
        return scenario.mock("failed").getExchanges().get(0).getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    }
}
