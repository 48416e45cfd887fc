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
import java.util.concurrent.atomic.AtomicReference;

import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.observe.MeterBinding;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The first messages come on many threads at once, and one of them has Camel make and start the component. */
class FirstMessagesTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final CountDownLatch starting = new CountDownLatch(1);
    private final CountDownLatch mayStart = new CountDownLatch(1);

    @Test
    void shouldWaitUntilTheComponentHasStarted() {
        warehouse.script(Script.statement("SELECT 1").column("a", "INT").row(1));
        try (RunningContext camel = new RunningContext()) {
            camel.context().setClassResolver(new SlowResolver());
            CompletableFuture<Exchange> first = CompletableFuture.supplyAsync(() -> send(camel, "first"));
            await().until(() -> starting.getCount() == 0);
            AtomicReference<Thread> sender = new AtomicReference<>();
            CompletableFuture<Exchange> second = CompletableFuture.supplyAsync(() -> {
                sender.set(Thread.currentThread());
                return send(camel, "second");
            });
            await().until(() ->
                    second.isDone() || sender.get() != null && sender.get().getState() == Thread.State.WAITING);
            mayStart.countDown();

            assertThat(first.join().getException()).isNull();
            assertThat(second.join().getException()).isNull();
        } finally {
            mayStart.countDown();
        }
    }

    private static Exchange send(RunningContext camel, String name) {
        return camel.send("databricks:" + name + "?" + warehouse.endpointOptions() + "&query=SELECT 1");
    }

    /** The component asks for this class in the middle of its start. */
    private final class SlowResolver extends DefaultClassResolver {

        @Override
        public Class<?> resolveClass(String name) {
            if (name.equals(MeterBinding.REGISTRY_CLASS)) {
                starting.countDown();
                try {
                    mayStart.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return super.resolveClass(name);
        }
    }
}
