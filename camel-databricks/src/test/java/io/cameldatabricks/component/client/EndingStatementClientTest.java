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
package io.cameldatabricks.component.client;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.WarehouseId;

import static java.time.Instant.EPOCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How calls end when their client is closed. The client behind is a stub: a real one answers too soon. */
@Timeout(60)
class EndingStatementClientTest {

    private static final StatementId ID = StatementId.of("1");
    private static final StatementRequest REQUEST = StatementRequest.of(new WarehouseId("w"), "SELECT 1");

    private final Map<String, CompletableFuture<Object>> answers = new ConcurrentHashMap<>();

    private final StatementClient behind = (StatementClient) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {StatementClient.class},
            (proxy, method, arguments) ->
                    answers.computeIfAbsent(method.getName(), missing -> new CompletableFuture<>()));

    @Test
    void shouldPassOnWhatIsAnswered() {
        StatementClient client = new EndingStatementClient(behind, Duration.ZERO);
        CompletableFuture<Boolean> cancel = client.cancel(ID).toCompletableFuture();
        CompletableFuture<Boolean> release = client.release(ID).toCompletableFuture();

        answers.get("cancel").complete(true);
        answers.get("release").completeExceptionally(new IllegalStateException("no"));

        assertThat(cancel).isCompletedWithValue(true);
        assertThatThrownBy(release::get).hasRootCauseMessage("no");
    }

    @Test
    void shouldEndEveryOpenCallWhenItIsClosed() {
        StatementClient client = new EndingStatementClient(behind, Duration.ZERO);
        CompletableFuture<?> submit = client.submit(REQUEST).toCompletableFuture();
        CompletableFuture<Optional<StatementStatus>> status =
                client.status(ID, Urgency.now(EPOCH)).toCompletableFuture();

        client.close();

        assertThat(submit)
                .failsWithin(Duration.ofSeconds(50))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(SubmitOutcomeUnknownException.class);
        assertThat(status)
                .failsWithin(Duration.ofSeconds(50))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(TransientDatabricksException.class);
        assertThat(answers).containsKey("close");
    }

    @Test
    void shouldSendNothingAfterItsEnd() {
        StatementClient client = new EndingStatementClient(behind, Duration.ZERO);
        client.close();

        assertThat(client.submit(REQUEST).toCompletableFuture())
                .failsWithin(Duration.ofSeconds(50))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(TransientDatabricksException.class);
        assertThat(answers).doesNotContainKey("submit");
    }

    @Test
    void shouldWaitForTheAnswersToSubmits() throws Exception {
        StatementClient client = new EndingStatementClient(behind, Duration.ofSeconds(50));
        CompletableFuture<StatementStatus> submit = client.submit(REQUEST).toCompletableFuture();
        Thread closing = new Thread(client::close);
        closing.start();
        Awaitility.await()
                .until(() -> closing.getState() == Thread.State.TIMED_WAITING
                        || closing.getState() == Thread.State.TERMINATED);

        StatementStatus seen = StatementStatus.of(ID, StatementState.PENDING, EPOCH);
        answers.get("submit").complete(seen);

        assertThat(submit.get(50, TimeUnit.SECONDS)).isEqualTo(seen);
        closing.join();
        assertThat(answers).containsKey("close");
    }
}
