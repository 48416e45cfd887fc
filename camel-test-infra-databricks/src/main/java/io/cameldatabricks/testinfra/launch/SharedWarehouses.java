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
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.cameldatabricks.testinfra.LocalWarehouseException;
import io.cameldatabricks.testinfra.WarehouseOptions;

/**
 * One warehouse for all who use the same build of this module with the same options: a file says where it is, a lock sees
 * to it that two JVMs that come at once do not both start one.
 */
public final class SharedWarehouses {

    private static final Map<String, RunningWarehouse> JOINED = new HashMap<>();

    private SharedWarehouses() {}

    /**
     * Joins the warehouse, and starts it first when there is none. This JVM holds its lease until it ends.
     *
     * @throws LocalWarehouseException when it does not start
     */
    public static RunningWarehouse join(WarehouseOptions options) {
        String key = key(options);
        synchronized (JOINED) {
            RunningWarehouse joined = JOINED.get(key);
            if (joined == null || !joined.alive()) {
                joined = joinOrStart(options, key);
                JOINED.put(key, joined);
            }
            return joined;
        }
    }

    private static RunningWarehouse joinOrStart(WarehouseOptions options, String key) {
        try {
            Path folder = PrivateFolder.get();
            Path discovery = folder.resolve(key + ".properties");
            try (FileChannel channel = FileChannel.open(
                    folder.resolve(key + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                // until the channel is closed
                channel.lock();
                if (Files.exists(discovery)) {
                    try {
                        return RunningWarehouse.join(discovery);
                    } catch (IOException | NumberFormatException e) {
                        // left over from one that was killed
                        Files.deleteIfExists(discovery);
                    }
                }
                return RunningWarehouse.start(options, discovery);
            }
        } catch (IOException e) {
            throw new LocalWarehouseException("The shared local warehouse could not be found: " + e.getMessage(), e);
        }
    }

    private static String key(WarehouseOptions options) {
        Path own = EngineClassPath.ownCode();
        String text = String.join(
                "\n",
                List.of(
                        own.toString(),
                        String.valueOf(lastModified(own)),
                        System.getProperty("java.home"),
                        String.join(" ", options.arguments()),
                        String.join(" ", options.jvmOptions()),
                        String.valueOf(options.token()),
                        options.grace().toString()));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another build is another warehouse. */
    private static long lastModified(Path code) {
        try (Stream<Path> files = Files.walk(code)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().lastModified())
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
