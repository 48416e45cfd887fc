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
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The program that waits for the end of a warehouse and makes the archive of its classes. */
final class ClassDataArchiver {

    private static final int ARCHIVES_KEPT = 2;

    private ClassDataArchiver() {}

    /** @param arguments process id of the warehouse, list of its classes, the archive's file, class path */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ProcessHandle.of(Long.parseLong(arguments[0]))
                .ifPresent(warehouse -> warehouse.onExit().join());
        Path classList = Path.of(arguments[1]);
        Path archive = Path.of(arguments[2]);
        Path lock = archive.resolveSibling(archive.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock mine = channel.tryLock();
            if (mine != null && !Files.exists(archive)) {
                make(classList, archive, arguments[3]);
                deleteOld(archive.getParent());
            }
        } finally {
            Files.deleteIfExists(classList);
        }
    }

    private static void make(Path classList, Path archive, String classPath) throws IOException, InterruptedException {
        Path fresh = archive.resolveSibling(archive.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Process dump = new ProcessBuilder(
                        ServerCommand.java(),
                        "-Xshare:dump",
                        "-XX:+UseSerialGC",
                        "-XX:SharedClassListFile=" + classList,
                        "-XX:SharedArchiveFile=" + fresh,
                        "-cp",
                        classPath)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (dump.waitFor() == 0 && Files.exists(fresh)) {
            Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.deleteIfExists(fresh);
        }
    }

    /** Each has more than a hundred megabytes. */
    private static void deleteOld(Path folder) throws IOException {
        List<Path> newestFirst;
        try (Stream<Path> files = Files.list(folder)) {
            newestFirst = files.filter(file -> file.toString().endsWith(".jsa"))
                    .sorted(Comparator.comparingLong(
                                    (Path file) -> file.toFile().lastModified())
                            .reversed())
                    .toList();
        }
        for (Path old : newestFirst.subList(Math.min(ARCHIVES_KEPT, newestFirst.size()), newestFirst.size())) {
            Files.deleteIfExists(old);
        }
    }
}
