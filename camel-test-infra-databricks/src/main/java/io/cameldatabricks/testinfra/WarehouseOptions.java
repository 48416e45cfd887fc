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
package io.cameldatabricks.testinfra;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a local warehouse is to be started. Immutable; each {@code with} method returns a changed copy.
 *
 * @param engine what runs the SQL
 * @param shared true to use one warehouse together with other classes and JVMs of the same build
 * @param grace how long a shared warehouse waits for the next JVM after the last one has gone
 * @param dataFolder the folder of the tables, kept at the end, or null for a temporary one
 * @param tls true for HTTPS with a certificate made at start
 * @param token the access token, or null for a random one
 * @param warehouseId id of the SQL warehouse
 * @param maxRunning statements that run at a time
 * @param maxQueued statements that may wait
 * @param jvmOptions options for the JVM of the warehouse beside its own
 */
public record WarehouseOptions(
        Engine engine,
        boolean shared,
        Duration grace,
        Path dataFolder,
        boolean tls,
        String token,
        String warehouseId,
        int maxRunning,
        int maxQueued,
        List<String> jvmOptions) {

    /** What runs the SQL. */
    public enum Engine {
        /** Apache Spark with Delta Lake: real SQL, some seconds to start, about 1 GB. */
        SPARK,
        /** Answers from scripts: under a second to start, under 100 MB. */
        SCRIPTED
    }

    public WarehouseOptions {
        jvmOptions = List.copyOf(jvmOptions);
        if (shared && dataFolder != null) {
            throw new IllegalArgumentException("A shared warehouse has a temporary data folder of its own.");
        }
    }

    /** A Spark warehouse of the caller's own. */
    public static WarehouseOptions spark() {
        return new WarehouseOptions(
                Engine.SPARK, false, Duration.ofSeconds(15), null, false, null, "local", 8, 1000, List.of());
    }

    /** A scripted warehouse of the caller's own. */
    public static WarehouseOptions scripted() {
        return new WarehouseOptions(
                Engine.SCRIPTED, false, Duration.ofSeconds(15), null, false, null, "local", 8, 1000, List.of());
    }

    /** One warehouse for every test class and JVM of the build that asks for the same options. */
    public WarehouseOptions asShared() {
        return new WarehouseOptions(
                engine, true, grace, dataFolder, tls, token, warehouseId, maxRunning, maxQueued, jvmOptions);
    }

    public WarehouseOptions withGrace(Duration newGrace) {
        return new WarehouseOptions(
                engine, shared, newGrace, dataFolder, tls, token, warehouseId, maxRunning, maxQueued, jvmOptions);
    }

    public WarehouseOptions withDataFolder(Path folder) {
        return new WarehouseOptions(
                engine, shared, grace, folder, tls, token, warehouseId, maxRunning, maxQueued, jvmOptions);
    }

    public WarehouseOptions withTls() {
        return new WarehouseOptions(
                engine, shared, grace, dataFolder, true, token, warehouseId, maxRunning, maxQueued, jvmOptions);
    }

    public WarehouseOptions withToken(String newToken) {
        return new WarehouseOptions(
                engine, shared, grace, dataFolder, tls, newToken, warehouseId, maxRunning, maxQueued, jvmOptions);
    }

    public WarehouseOptions withWarehouseId(String id) {
        return new WarehouseOptions(
                engine, shared, grace, dataFolder, tls, token, id, maxRunning, maxQueued, jvmOptions);
    }

    /** @param running statements at a time; @param queued statements that may wait */
    public WarehouseOptions withLimits(int running, int queued) {
        return new WarehouseOptions(
                engine, shared, grace, dataFolder, tls, token, warehouseId, running, queued, jvmOptions);
    }

    /** Options for the warehouse's JVM; a later {@code -Xmx} wins over the default one. */
    public WarehouseOptions withJvmOptions(String... options) {
        return new WarehouseOptions(
                engine, shared, grace, dataFolder, tls, token, warehouseId, maxRunning, maxQueued, List.of(options));
    }

    /** The server's arguments; the token travels another way. */
    public List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--engine",
                engine == Engine.SPARK ? "spark" : "scripted",
                "--warehouse-id",
                warehouseId,
                "--max-running",
                String.valueOf(maxRunning),
                "--max-queued",
                String.valueOf(maxQueued)));
        if (dataFolder != null) {
            arguments.addAll(List.of("--data", dataFolder.toAbsolutePath().toString()));
        }
        if (tls) {
            arguments.add("--tls");
        }
        return arguments;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "WarehouseOptions[" + engine + (shared ? ", shared" : "") + ", " + warehouseId + "]";
    }
}
