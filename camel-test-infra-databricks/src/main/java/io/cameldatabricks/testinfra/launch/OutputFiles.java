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
package io.cameldatabricks.testinfra.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.cameldatabricks.testinfra.LocalWarehouseException;

/** The logs of warehouses, and of what was run for them, kept for a day. */
final class OutputFiles {

    private static final Duration LIFE = Duration.ofDays(1);

    private OutputFiles() {}

    static Path create(String name) {
        try {
            Path folder = PrivateFolder.get();
            deleteOld(folder);
            return Files.createTempFile(folder, name + "-", ".log");
        } catch (IOException e) {
            throw new LocalWarehouseException("No log file for the local warehouse: " + e.getMessage(), e);
        }
    }

    private static void deleteOld(Path folder) throws IOException {
        FileTime limit = FileTime.from(Instant.now().minus(LIFE));
        List<Path> logs;
        try (Stream<Path> files = Files.list(folder)) {
            logs = files.filter(file -> file.toString().endsWith(".log")).toList();
        }
        for (Path log : logs) {
            if (Files.exists(log) && Files.getLastModifiedTime(log).compareTo(limit) < 0) {
                Files.deleteIfExists(log);
            }
        }
    }
}
