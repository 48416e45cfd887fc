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
package io.cameldatabricks.component.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class StatementThreadsTest {

    private final ExecutorService pool = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void shouldRunNoMoreStatementsAtATimeThanItHasPlaces() throws Exception {
        StatementThreads threads = new StatementThreads(pool, 3, 1_000, 10);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(500);
        for (int i = 0; i < 500; i++) {
            threads.execute(task(
                    () -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        Thread.yield();
                        now.decrementAndGet();
                    },
                    ended::countDown));
        }

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isBetween(1, 3);
        assertThat(threads.awaitStatements(1_000)).isTrue();
    }

    @Test
    void shouldRefuseWhatTheQueueCannotHold() throws Exception {
        StatementThreads threads = new StatementThreads(pool, 1, 2, 10);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            threads.execute(task(() -> await(end), ended::incrementAndGet));
        }

        assertThatThrownBy(() -> threads.execute(task(() -> {}, () -> {})))
                .isInstanceOf(RejectedExecutionException.class);

        assertThat(threads.awaitStatements(1)).isFalse();
        end.countDown();
        Awaitility.await().untilAsserted(() -> assertThat(ended).hasValue(3));
    }

    @Test
    void shouldLetARouteWaitForAnotherStatementOfTheSamePlace() throws Exception {
        StatementThreads threads = new StatementThreads(pool, 1, 100, 50);
        CountDownLatch ended = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            threads.execute(task(() -> {}, () -> {
                CountDownLatch nested = new CountDownLatch(1);
                threads.execute(task(() -> {}, nested::countDown));
                await(nested);
                ended.countDown();
            }));
        }

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldKeepThePlaceOfARouteWhenTooManyGoOn() throws Exception {
        StatementThreads threads = new StatementThreads(pool, 1, 100, 1);
        CountDownLatch routes = new CountDownLatch(1);
        AtomicInteger statements = new AtomicInteger();
        for (int i = 0; i < 5; i++) {
            threads.execute(task(statements::incrementAndGet, () -> await(routes)));
        }

        Awaitility.await().untilAsserted(() -> assertThat(statements).hasValue(2));
        assertThat(threads.awaitStatements(50)).isFalse();
        assertThat(statements).hasValue(2);
        routes.countDown();
        Awaitility.await().untilAsserted(() -> assertThat(statements).hasValue(5));
        assertThat(threads.awaitStatements(5_000)).isTrue();
    }

    @Test
    void shouldFreeThePlaceWhenTheRouteFails() throws Exception {
        StatementThreads threads = new StatementThreads(pool, 1, 100, 0);
        for (int i = 0; i < 3; i++) {
            threads.execute(task(() -> {}, () -> {
                throw new IllegalStateException("planted");
            }));
        }

        assertThat(threads.awaitStatements(5_000)).isTrue();
    }

    @Test
    void shouldGiveBackWhatWaitsWhenItIsClosed() throws Exception {
        StatementThreads threads = new StatementThreads(pool, 1, 100, 10);
        CountDownLatch end = new CountDownLatch(1);
        List<StatementTask> waiting = new ArrayList<>();
        threads.execute(task(() -> await(end), () -> {}));
        for (int i = 0; i < 3; i++) {
            StatementTask task = task(() -> {}, () -> {});
            waiting.add(task);
            threads.execute(task);
        }

        assertThat(threads.close()).isEqualTo(waiting);

        assertThatThrownBy(() -> threads.execute(task(() -> {}, () -> {})))
                .isInstanceOf(RejectedExecutionException.class);
        end.countDown();
        assertThat(threads.awaitStatements(5_000)).isTrue();
    }

    private static StatementTask task(Runnable work, Runnable route) {
        return new StatementTask() {
            @Override
            public void whenStarted(Runnable begin) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void run() {
                work.run();
            }

            @Override
            public void goOn() {
                route.run();
            }

            @Override
            public void abandon() {
                route.run();
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
