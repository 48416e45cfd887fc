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
package io.cameldatabricks.testinfra.server.engine.spark.files;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommitStoreTest {

    @TempDir
    Path folder;

    private final Configuration configuration = new Configuration();
    private final CommitStore store = new CommitStore(configuration);

    private void write(String name, boolean overwrite, String... actions) throws Exception {
        store.write(
                new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()),
                List.of(actions).iterator(),
                overwrite,
                configuration);
    }

    @Test
    void shouldWriteACommitOnce() throws Exception {
        write("0.json", false, "one", "two");
        assertThat(folder.resolve("0.json")).hasContent("one\ntwo\n");
        assertThatThrownBy(() -> write("0.json", false, "other")).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(folder.resolve("0.json")).hasContent("one\ntwo\n");
        write("0.json", true, "new");
        assertThat(folder.resolve("0.json")).hasContent("new\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("0.json"));
        }
    }

    @Test
    void shouldLetOneOfManyWritersWin() throws Exception {
        int writers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            for (int version = 0; version < 50; version++) {
                String name = version + ".json";
                CyclicBarrier start = new CyclicBarrier(writers);
                List<Callable<Boolean>> tasks = new ArrayList<>();
                for (int i = 0; i < writers; i++) {
                    String action = "writer " + i;
                    tasks.add(() -> {
                        start.await();
                        try {
                            write(name, false, action);
                            return true;
                        } catch (FileAlreadyExistsException e) {
                            return false;
                        }
                    });
                }
                int won = 0;
                for (Future<Boolean> outcome : threads.invokeAll(tasks)) {
                    won += outcome.get() ? 1 : 0;
                }
                assertThat(won).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
