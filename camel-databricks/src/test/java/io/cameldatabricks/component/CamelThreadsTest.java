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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.thread.AsyncThreads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of work that comes after the end of threads that Camel gives. */
class CamelThreadsTest {

    private final RunningContext camel = new RunningContext();
    private final CamelThreads source = new CamelThreads(camel.context());

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void shouldLetRoutesGoOnAfterItsEnd() {
        AsyncThreads threads = new AsyncThreads(source);
        threads.close();
        CompletableFuture<Boolean> done = new CompletableFuture<>();

        threads.goOn(() -> done.complete(true));

        assertThat(done).isCompletedWithValue(true);
    }

    @Test
    void shouldLetRoutesGoOnThatWaitForAThreadAtItsEnd() throws Exception {
        AsyncThreads threads = new AsyncThreads(source);
        CountDownLatch end = new CountDownLatch(1);
        for (int busy = 0; busy < 8; busy++) {
            threads.goOn(() -> {
                try {
                    end.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        CompletableFuture<Boolean> waiting = new CompletableFuture<>();
        threads.goOn(() -> waiting.complete(true));

        threads.close();

        end.countDown();
        assertThat(waiting.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldNeverUseTheThreadThatHandsOverWork() throws Exception {
        ExecutorService pool = source.pool(this, "pool", 1);
        CountDownLatch end = new CountDownLatch(1);
        pool.execute(() -> {
            try {
                end.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        CompletableFuture<Thread> ran = new CompletableFuture<>();

        pool.execute(() -> ran.complete(Thread.currentThread()));

        assertThat(ran).isNotDone();
        end.countDown();
        assertThat(ran.get(60, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void shouldRefuseWorkAloudAfterTheEndOfAPool() {
        ExecutorService pool = source.pool(this, "pool", 1);
        ScheduledExecutorService timer = source.timer(this, "timer", 1);
        source.endNow(pool);
        source.endNow(timer);

        assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> timer.schedule(() -> {}, 1, TimeUnit.SECONDS))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void shouldRunOnTheCallingThreadWhatMustNotBeLost() {
        ExecutorService pool = source.pool(this, "pool", 1);
        source.endNow(pool);
        CompletableFuture<Thread> ran = new CompletableFuture<>();

        AsyncThreads.neverLosing(pool).execute(() -> ran.complete(Thread.currentThread()));

        assertThat(ran).isCompletedWithValue(Thread.currentThread());
    }
}
