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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.watch.IntentReconciler;
import io.cameldatabricks.component.watch.StatementWatcher;
import io.cameldatabricks.component.watch.TimerWheel;
import io.cameldatabricks.component.watch.WatchListener;
import io.cameldatabricks.component.watch.WatchRules;

/** The handles of one workspace that this node owns: watched until their end, or looked for by their tag. Thread-safe. */
final class OwnHandles implements AutoCloseable {

    private final StatementWatcher watcher;

    /** Null where statements cannot be found by their tags. */
    private final IntentReconciler reconciler;

    private final Map<String, StatementHandle> running = new ConcurrentHashMap<>();

    OwnHandles(StatementClient client, WatchRules rules, WatchListener listener, HandleTracker.Means means) {
        this.watcher = new StatementWatcher(
                client,
                rules,
                listener,
                TimerWheel.standard(),
                means.clock(),
                means.rounds(),
                means.delayer(),
                means.random());
        this.reconciler = client.capabilities().findByTag()
                ? new IntentReconciler(client, rules, listener, means.clock(), means.delayer(), means.random())
                : null;
    }

    /** @param handle SUBMITTED */
    void watch(StatementHandle handle) {
        running.put(handle.key(), handle);
        watcher.watch(handle);
    }

    /**
     * Looks for the statement of an intent.
     *
     * @param age how long ago it was added
     * @return false when it can never be found
     */
    boolean reconcile(StatementHandle intent, Duration age) {
        if (reconciler == null) {
            return false;
        }
        reconciler.reconcile(intent, age);
        return true;
    }

    /** Its end is written down. */
    void ended(String key) {
        running.remove(key);
    }

    /** All belong to others now. */
    void drop() {
        List<String> keys = new ArrayList<>(running.keySet());
        keys.forEach(key -> {
            running.remove(key);
            watcher.forget(key);
            if (reconciler != null) {
                reconciler.forget(key);
            }
        });
    }

    void hurry(String key) {
        watcher.hurry(key);
    }

    /** Those of a name that are watched. */
    List<StatementHandle> running(String name) {
        return running.values().stream()
                .filter(handle -> handle.name().equals(name))
                .toList();
    }

    int size() {
        return running.size();
    }

    @Override
    public void close() {
        watcher.close();
        if (reconciler != null) {
            reconciler.close();
        }
        running.clear();
    }
}
