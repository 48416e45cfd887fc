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
package io.cameldatabricks.component.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.client.TagSearch;
import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementTarget;
import io.cameldatabricks.component.statement.WarehouseId;
import io.cameldatabricks.component.watch.WaitingLooks.Batch;
import io.cameldatabricks.component.watch.WaitingLooks.Look;

import static org.assertj.core.api.Assertions.assertThat;

/** What is searched for together: all whose windows touch, and nothing else. */
class WaitingLooksTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant NOW = BEGIN.plus(Duration.ofHours(3));

    private final WaitingLooks waiting = new WaitingLooks();

    private Look add(String key, Duration after, boolean wide) {
        Look look = new Look(Handles.intended(key, BEGIN.plus(after)), BEGIN.plus(after), 1, wide);
        waiting.add(look);
        return look;
    }

    private Look narrow(String key, int minutes) {
        return add(key, Duration.ofMinutes(minutes), false);
    }

    private List<Batch> all() {
        List<Batch> batches = new ArrayList<>();
        for (Optional<Batch> next = next(); next.isPresent(); next = next()) {
            batches.add(next.get());
        }
        return batches;
    }

    private Optional<Batch> next() {
        return waiting.next(NOW, look -> true);
    }

    @Test
    void shouldSearchForOneInItsOwnTime() {
        Look look = narrow("a", 0);
        Batch batch = next().orElseThrow();

        assertThat(batch.looks()).containsExactly(look);
        assertThat(batch.search())
                .isEqualTo(new TagSearch(
                        Handles.TARGET.warehouse(),
                        QueryTags.HANDLE_KEY,
                        Set.of("a"),
                        BEGIN.minus(Duration.ofMinutes(1)),
                        BEGIN.plus(Duration.ofMinutes(2))));
        assertThat(next()).isEmpty();
    }

    /** A window reaches from a minute before to two minutes after. */
    @Test
    void shouldTakeAChainOfWindowsThatTouchAndNoneBeyondAGap() {
        narrow("f", 20);
        narrow("b", 3);
        narrow("a", 0);
        narrow("e", 17);
        narrow("c", 6);
        narrow("d", 10);

        List<Batch> batches = all();

        assertThat(batches)
                .extracting(batch -> batch.search().values().stream().sorted().toList())
                .containsExactly(List.of("e", "f"), List.of("a", "b", "c"), List.of("d"));
        assertThat(batches.get(0).search().from()).isEqualTo(BEGIN.plus(Duration.ofMinutes(16)));
        assertThat(batches.get(0).search().to()).isEqualTo(BEGIN.plus(Duration.ofMinutes(22)));
        assertThat(batches.get(1).search().from()).isEqualTo(BEGIN.minus(Duration.ofMinutes(1)));
        assertThat(batches.get(1).search().to()).isEqualTo(BEGIN.plus(Duration.ofMinutes(8)));
    }

    @Test
    void shouldSearchWidelyForAllAtOnceUpToNow() {
        add("a", Duration.ofHours(1), true);
        narrow("narrow", 60);
        add("b", Duration.ZERO, true);

        List<Batch> batches = all();

        assertThat(batches)
                .extracting(batch -> batch.search().values().stream().sorted().toList())
                .containsExactly(List.of("a", "b"), List.of("narrow"));
        assertThat(batches.get(0).search().from()).isEqualTo(BEGIN.minus(Duration.ofMinutes(10)));
        assertThat(batches.get(0).search().to()).isEqualTo(NOW.plus(Duration.ofMinutes(10)));
    }

    @Test
    void shouldReckonWithANodeWhoseClockIsAhead() {
        add("a", Duration.ofHours(4), true);

        assertThat(next().orElseThrow().search().to())
                .isEqualTo(BEGIN.plus(Duration.ofHours(4)).plus(Duration.ofMinutes(10)));
    }

    @Test
    void shouldSearchTheHistoryOfOneWarehouseOnly() {
        narrow("a", 0);
        StatementHandle own = Handles.intended("b", BEGIN);
        StatementTarget other =
                new StatementTarget(own.target().transport(), own.target().workspace(), new WarehouseId("0ther"));
        waiting.add(new Look(StatementHandle.intended("b", own.name(), other, own.origin()), BEGIN, 1, false));

        assertThat(all())
                .extracting(batch ->
                        batch.search().warehouse().value() + batch.search().values())
                .containsExactly(Handles.TARGET.warehouse().value() + "[a]", "0ther[b]");
    }

    @Test
    void shouldDropWhatIsNotWantedAnyMore() {
        Look gone = narrow("a", 0);
        narrow("b", 0);

        assertThat(waiting.next(NOW, look -> look != gone)
                        .orElseThrow()
                        .search()
                        .values())
                .containsExactly("b");
        assertThat(next()).isEmpty();
    }
}
