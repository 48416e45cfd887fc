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
package io.cameldatabricks.testinfra.server.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ServerClockTest {

    private final ServerClock clock = new ServerClock(Runnable::run);

    @AfterEach
    void close() {
        clock.close();
    }

    @Test
    void shouldRunTasksByItself() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        clock.schedule(Duration.ofMillis(20), done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldRunTasksInTheirOrderAtTheirTimeWhenTurned() {
        Instant start = clock.instant();
        List<Duration> seen = new ArrayList<>();
        clock.schedule(Duration.ofMinutes(2), () -> seen.add(Duration.between(start, clock.instant())));
        clock.schedule(Duration.ofMinutes(1), () -> {
            seen.add(Duration.between(start, clock.instant()));
            clock.schedule(Duration.ofSeconds(30), () -> seen.add(Duration.between(start, clock.instant())));
        });
        clock.advance(Duration.ofMinutes(3));
        assertThat(seen.stream().map(Duration::toSeconds)).containsExactly(60L, 90L, 120L);
        assertThat(Duration.between(start, clock.instant())).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(4));
    }

    @Test
    void shouldForgetCanceledTasksAndRepeatOthers() {
        List<String> seen = new ArrayList<>();
        clock.schedule(Duration.ofMinutes(1), () -> seen.add("canceled")).cancel();
        clock.every(Duration.ofMinutes(1), () -> seen.add("tick"));
        clock.advance(Duration.ofMinutes(3).plusSeconds(1));
        assertThat(seen).containsExactly("tick", "tick", "tick");
    }

    @Test
    void shouldNotRunBackwards() {
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
