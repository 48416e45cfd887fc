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
package io.cameldatabricks.component.track;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.SampleHandles;
import io.cameldatabricks.component.repository.memory.MemoryStatementHandleRepository;
import io.cameldatabricks.component.retry.VirtualTime;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

import static org.assertj.core.api.Assertions.assertThat;

class SettledCleanerTest {

    private final VirtualTime time = VirtualTime.begin();
    private final MemoryStatementHandleRepository repository = new MemoryStatementHandleRepository(time);
    private final NodeLease lease = repository.join("a", Duration.ofDays(100));

    private void settle(int count, HandleState state, String prefix) {
        for (int i = 0; i < count; i++) {
            StatementHandle intent = SampleHandles.intent(prefix + i);
            repository.add(lease, intent);
            StatementHandle submitted = SampleHandles.submitted(intent);
            repository.update(lease, submitted, 0);
            repository.update(lease, SampleHandles.succeeded(submitted), 1);
        }
        List<StatementHandle> claimed = repository.claim(lease, SampleHandles.NAME, count);
        assertThat(claimed).hasSize(count);
        claimed.forEach(handle -> repository.update(
                lease,
                state == HandleState.DELIVERED
                        ? handle.withConfirmed(time.instant())
                        : handle.withBuried("nobody wants it", time.instant()),
                handle.version()));
    }

    private Map<HandleState, Long> counts() {
        return repository.counts(SampleHandles.NAME);
    }

    @Test
    void shouldRemoveAllThatIsOldEnoughHoweverMuchItIs() {
        SettledCleaner cleaner = new SettledCleaner(repository, time::after);
        cleaner.keep(RetentionSettings.standard());
        settle(2_500, HandleState.DELIVERED, "d");
        settle(3, HandleState.DEAD, "x");
        time.advance(Duration.ofMinutes(59));
        assertThat(counts()).isEqualTo(Map.of(HandleState.DELIVERED, 2_500L, HandleState.DEAD, 3L));
        time.advance(Duration.ofMinutes(2));
        assertThat(counts()).isEqualTo(Map.of(HandleState.DEAD, 3L));
        time.advance(Duration.ofDays(7));
        assertThat(counts()).isEmpty();
    }

    @Test
    void shouldKeepForTheLongestTimeThatAnybodyWants() {
        SettledCleaner cleaner = new SettledCleaner(repository, time::after);
        cleaner.keep(new RetentionSettings(Duration.ofHours(5), Duration.ofHours(1)));
        cleaner.keep(new RetentionSettings(Duration.ofMinutes(1), Duration.ofHours(9)));
        settle(1, HandleState.DELIVERED, "d");
        settle(1, HandleState.DEAD, "x");
        time.advance(Duration.ofMinutes(299));
        assertThat(counts()).hasSize(2);
        time.advance(Duration.ofMinutes(3));
        assertThat(counts()).isEqualTo(Map.of(HandleState.DEAD, 1L));
        time.advance(Duration.ofHours(4));
        assertThat(counts()).isEmpty();
    }

    @Test
    void shouldEndWhenItIsClosed() {
        SettledCleaner cleaner = new SettledCleaner(repository, time::after);
        cleaner.keep(new RetentionSettings(Duration.ZERO, Duration.ZERO));
        cleaner.close();
        settle(1, HandleState.DELIVERED, "d");
        time.advance(Duration.ofDays(1));
        assertThat(counts()).hasSize(1);
    }
}
