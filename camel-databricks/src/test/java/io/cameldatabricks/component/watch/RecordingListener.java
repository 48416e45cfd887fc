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

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import io.cameldatabricks.component.statement.StatementHandle;

/** Writes down what it is told, and fails as often as it is told to. */
final class RecordingListener implements WatchListener {

    final Map<String, StatementHandle> ended = new HashMap<>();
    final Map<String, Instant> endedAt = new HashMap<>();
    final Map<String, StatementHandle> lost = new HashMap<>();
    final Map<String, StatementHandle> adopted = new HashMap<>();
    int troubles;
    int calls;
    int failures;

    /** Instead of the usual failure; null for that one. */
    Error error;

    private final InstantSource clock;

    RecordingListener(InstantSource clock) {
        this.clock = clock;
    }

    private void call() {
        calls++;
        if (failures > 0) {
            failures--;
            if (error != null) {
                throw error;
            }
            throw new IllegalStateException("the store is out of reach");
        }
    }

    @Override
    public void ended(StatementHandle watched, StatementHandle completed) {
        call();
        if (ended.put(completed.key(), completed) != null || completed.version() != watched.version() + 1) {
            // stays for ever, so that no test can overlook it
            ended.put(completed.key() + " told twice, or in the wrong version", completed);
        }
        endedAt.put(completed.key(), clock.instant());
    }

    @Override
    public void lost(StatementHandle watched, StatementHandle handle) {
        call();
        lost.put(handle.key(), handle);
    }

    @Override
    public void adopted(StatementHandle intent, StatementHandle submitted) {
        call();
        adopted.put(submitted.key(), submitted);
    }

    @Override
    public void troubled(StatementHandle handle, Throwable failure) {
        troubles++;
    }
}
