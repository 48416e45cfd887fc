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

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The classes of Spark as the JVM keeps them in memory, written to a file once for each JDK and set of jars: a warehouse
 * that has it starts in half the time. The first warehouse writes down which classes it loads; after its end a process of
 * its own makes the archive. Where anything of this fails, the warehouse starts as it does without.
 *
 * <p>{@code -D}{@value #SWITCH}{@code =false} turns it off.
 */
final class ClassDataArchive {

    static final String SWITCH = "camel.databricks.warehouse.archive";

    private final List<Path> libraries;
    private final Path archive;
    private final Path classList;

    private ClassDataArchive(List<Path> libraries, Path archive, Path classList) {
        this.libraries = libraries;
        this.archive = archive;
        this.classList = classList;
    }

    /** @param libraries the beginning of the class path */
    static ClassDataArchive of(List<Path> libraries) {
        if (!Boolean.parseBoolean(System.getProperty(SWITCH, "true"))) {
            return none();
        }
        try {
            Path folder = Files.createDirectories(cacheFolder());
            String key = key(libraries);
            Path archive = folder.resolve("spark-" + key + ".jsa");
            if (Files.isReadable(archive)) {
                return new ClassDataArchive(libraries, archive, null);
            }
            return new ClassDataArchive(libraries, archive, Files.createTempFile(folder, key + "-", ".classes"));
        } catch (IOException e) {
            return none();
        }
    }

    static ClassDataArchive none() {
        return new ClassDataArchive(List.of(), null, null);
    }

    List<String> flags() {
        if (archive == null) {
            return List.of();
        }
        return classList == null
                ? List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto")
                : List.of("-XX:DumpLoadedClassList=" + classList);
    }

    /** Has the archive made when the warehouse has ended, if it was started without one. */
    void learnFrom(Process warehouse) {
        if (classList == null) {
            return;
        }
        List<String> command = new ArrayList<>(List.of(
                ServerCommand.java(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-cp",
                EngineClassPath.ownCode().toString(),
                ClassDataArchiver.class.getName(),
                String.valueOf(warehouse.pid()),
                classList.toString(),
                archive.toString(),
                classPath()));
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .getOutputStream()
                    .close();
        } catch (IOException e) {
            // then the next warehouse tries
        }
    }

    private String classPath() {
        return String.join(
                File.pathSeparator, libraries.stream().map(Path::toString).toList());
    }

    private static String key(List<Path> libraries) throws IOException {
        StringBuilder text = new StringBuilder(System.getProperty("java.home"));
        text.append('\n').append(Runtime.version());
        for (Path library : libraries) {
            text.append('\n').append(library).append(' ').append(Files.size(library));
            text.append(' ').append(Files.getLastModifiedTime(library).toMillis());
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path cacheFolder() {
        String home = System.getProperty("user.home");
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        String local = System.getenv().getOrDefault("LOCALAPPDATA", "");
        Path caches;
        if (!xdg.isEmpty()) {
            caches = Path.of(xdg);
        } else if (system.startsWith("windows") && !local.isEmpty()) {
            caches = Path.of(local);
        } else if (system.startsWith("mac")) {
            caches = Path.of(home, "Library", "Caches");
        } else {
            caches = Path.of(home, ".cache");
        }
        return caches.resolve("camel-databricks");
    }
}
