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
package io.cameldatabricks.testinfra.server.engine.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.cameldatabricks.testinfra.server.engine.EngineException;

/** Two sessions that change the same rows until one of them loses. */
final class Races {

    private Races() {}

    static EngineException loser(TestSession one, TestSession other, String table) {
        return loserOf(one, other, "UPDATE " + table + " SET grp = grp + 1");
    }

    static EngineException loserOf(TestSession one, TestSession other, String change) {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int attempt = 0; attempt < 20; attempt++) {
                List<Callable<EngineException>> updates = new ArrayList<>();
                updates.add(() -> update(one, change));
                updates.add(() -> update(other, change));
                for (Future<EngineException> outcome : threads.invokeAll(updates)) {
                    if (outcome.get() != null) {
                        return outcome.get();
                    }
                }
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
        throw new AssertionError("nobody lost");
    }

    private static EngineException update(TestSession session, String change) {
        try {
            session.run(TestSession.statement(change));
            return null;
        } catch (EngineException e) {
            return e;
        }
    }
}
