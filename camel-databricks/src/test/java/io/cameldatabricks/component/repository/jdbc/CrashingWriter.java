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
package io.cameldatabricks.component.repository.jdbc;

import java.nio.file.Path;
import java.time.Duration;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.SampleHandles;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.statement.StatementHandle;

/** A process that writes handles until it is killed, and prints each write after it was acknowledged. */
final class CrashingWriter {

    private static final int THREADS = 4;

    private CrashingWriter() {}

    /** @param args directory of the store, and a prefix of the keys */
    public static void main(String[] args) {
        EmbeddedHandleStore store = EmbeddedHandleStore.open(Path.of(args[0]));
        StatementHandleRepository repository = store.repository();
        NodeLease lease = repository.join("node", Duration.ofSeconds(30));
        for (int i = 0; i < THREADS; i++) {
            String prefix = args[1] + "-" + i + "-";
            new Thread(() -> write(repository, lease, prefix)).start();
        }
    }

    private static void write(StatementHandleRepository repository, NodeLease lease, String prefix) {
        for (int i = 0; ; i++) {
            StatementHandle intent = SampleHandles.intent(prefix + i);
            acknowledge(repository.add(lease, intent), intent);
            StatementHandle submitted = SampleHandles.submitted(intent);
            acknowledge(repository.update(lease, submitted, 0), submitted);
            acknowledge(
                    repository.update(lease, SampleHandles.succeeded(submitted), 1),
                    SampleHandles.succeeded(submitted));
        }
    }

    private static void acknowledge(boolean written, StatementHandle handle) {
        if (!written) {
            System.out.println("REFUSED " + handle.key());
        }
        System.out.println(handle.key() + " " + handle.version());
    }
}
