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
package io.cameldatabricks.component.repository;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.cameldatabricks.component.statement.StatementHandle;

import static io.cameldatabricks.component.repository.SampleHandles.AT;
import static io.cameldatabricks.component.repository.SampleHandles.NAME;
import static io.cameldatabricks.component.repository.SampleHandles.intent;
import static io.cameldatabricks.component.repository.SampleHandles.submitted;
import static io.cameldatabricks.component.repository.SampleHandles.succeeded;

/** Many threads, each a node, submit and deliver at the same time; now and then one leaves in the middle and joins again. */
final class DeliveryFuzz {

    private static final Duration LEASE = Duration.ofMinutes(10);

    private final StatementHandleRepository repository;
    private final int threads;
    private final int handles;
    private final AtomicInteger confirmed = new AtomicInteger();
    private final AtomicInteger claims = new AtomicInteger();
    private final AtomicInteger shared = new AtomicInteger();
    private final Map<String, Long> holders = new ConcurrentHashMap<>();

    DeliveryFuzz(StatementHandleRepository repository, int threads, int handles) {
        this.repository = repository;
        this.threads = threads;
        this.handles = handles;
    }

    int confirmed() {
        return confirmed.get();
    }

    int claims() {
        return claims.get();
    }

    int sharedHandles() {
        return shared.get();
    }

    void run() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> nodes = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                nodes.add(pool.submit(new Node(i)));
            }
            for (Future<Void> node : nodes) {
                node.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private final class Node implements Callable<Void> {
        private final int number;
        private final Random random;
        private NodeLease lease;

        private Node(int number) {
            this.number = number;
            this.random = new Random(number);
        }

        @Override
        public Void call() {
            lease = repository.join("node" + number, LEASE);
            for (int i = number; i < handles; i += threads) {
                String key = "fuzz" + i;
                repository.add(lease, intent(key));
                repository.update(lease, submitted(intent(key)), 0);
                repository.update(lease, succeeded(submitted(intent(key))), 1);
                deliver();
            }
            while (confirmed.get() < handles) {
                deliver();
            }
            return null;
        }

        private void deliver() {
            repository.takeOver(lease, List.of(NAME), 50);
            List<StatementHandle> batch = repository.claim(lease, NAME, 1 + random.nextInt(5));
            claims.addAndGet(batch.size());
            batch.forEach(handle -> {
                if (holders.putIfAbsent(handle.key(), lease.epoch()) != null) {
                    shared.incrementAndGet();
                }
            });
            if (random.nextInt(10) == 0) {
                // before the row can be taken over, nobody else can hold it
                batch.forEach(handle -> holders.remove(handle.key()));
                repository.leave(lease);
                batch.forEach(this::finish);
                lease = repository.join("node" + number, LEASE);
            } else {
                batch.forEach(handle -> holders.remove(handle.key()));
                batch.forEach(this::finish);
            }
        }

        private void finish(StatementHandle handle) {
            if (random.nextInt(4) == 0) {
                repository.release(lease, handle, Duration.ZERO);
            } else if (repository.update(lease, handle.withConfirmed(AT), handle.version())) {
                confirmed.incrementAndGet();
            }
        }
    }
}
