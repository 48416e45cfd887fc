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
package io.cameldatabricks.component.observe;

import java.time.Duration;
import java.time.Instant;

import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;
import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.SampleHandles;
import io.cameldatabricks.component.repository.memory.MemoryStatementHandleRepository;
import io.cameldatabricks.component.statement.StatementHandle;

import static org.assertj.core.api.Assertions.assertThat;

class BacklogHealthCheckTest {

    private static final Duration LEASE = Duration.ofHours(10);

    private Instant now = SampleHandles.AT;
    private final MemoryStatementHandleRepository repository = new MemoryStatementHandleRepository(() -> now);
    private final NodeLease lease = repository.join("a", LEASE);
    private final BacklogHealthCheck check = new BacklogHealthCheck(
            SampleHandles.NAME, Duration.ofMinutes(30), new Backlog(repository, SampleHandles.NAME), () -> now);

    private StatementHandle submitted(String key) {
        StatementHandle intent = SampleHandles.intent(key);
        repository.add(lease, intent);
        StatementHandle submitted = SampleHandles.submitted(intent);
        repository.update(lease, submitted, 0);
        return submitted;
    }

    private void completed(String key) {
        repository.update(lease, SampleHandles.succeeded(submitted(key)), 1);
    }

    @Test
    void shouldBeUpAsLongAsNothingHasWaitedForTooLong() {
        // one that runs for hours is no backlog
        submitted("k1");
        completed("k2");

        now = SampleHandles.AT.plus(Duration.ofMinutes(30));

        HealthCheck.Result result = check.call();
        assertThat(result.getState()).isEqualTo(State.UP);
        assertThat(result.getDetails()).containsEntry("oldest.key", "k2").containsEntry("oldest.seconds", 1792L);
    }

    @Test
    void shouldBeDownWhenAnEndedStatementWaitsForTooLong() {
        completed("k1");

        now = SampleHandles.AT.plus(Duration.ofMinutes(31));

        HealthCheck.Result result = check.call();
        assertThat(result.getState()).isEqualTo(State.DOWN);
        assertThat(result.getMessage().orElseThrow()).contains("1852 s", "maxBacklogAge");
    }

    @Test
    void shouldBeDownWhileARouteIsBusyWithItForTooLongAndUpAfterwards() {
        completed("k1");
        now = SampleHandles.AT.plus(Duration.ofMinutes(1));
        StatementHandle claimed = repository.claim(lease, SampleHandles.NAME, 1).get(0);
        now = SampleHandles.AT.plus(Duration.ofMinutes(40));
        assertThat(check.call().getState()).isEqualTo(State.DOWN);

        repository.update(lease, claimed.withConfirmed(now), claimed.version());

        assertThat(check.call().getState()).isEqualTo(State.UP);
    }
}
