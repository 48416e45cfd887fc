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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.cameldatabricks.testinfra.LocalWarehouseException;
import io.cameldatabricks.testinfra.WarehouseControl;
import io.cameldatabricks.testinfra.WarehouseEndpoint;
import io.cameldatabricks.testinfra.WarehouseOptions;

/**
 * A warehouse that runs, and the lease that keeps it running.
 *
 * <p>Thread-safe.
 */
public final class RunningWarehouse implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final WarehouseEndpoint endpoint;
    private final long pid;
    private final Lease lease;
    private final Path outputFile;
    private final WarehouseControl control;

    private RunningWarehouse(Properties properties, Path outputFile) throws IOException {
        this.endpoint = WarehouseEndpoint.of(properties);
        this.pid = Long.parseLong(properties.getProperty("pid"));
        this.lease = Lease.take(Integer.parseInt(properties.getProperty("leasePort")), endpoint.token());
        this.outputFile = outputFile;
        this.control = endpoint.control();
    }

    /**
     * Starts a warehouse and waits until it is ready.
     *
     * @param discovery where the warehouse writes what {@link #join} reads, or null
     * @throws LocalWarehouseException when it does not start
     */
    public static RunningWarehouse start(WarehouseOptions options, Path discovery) {
        Path output = OutputFiles.create(options.engine().name().toLowerCase(Locale.ROOT));
        Process process = null;
        try {
            process = ServerCommand.of(options, discovery)
                    .start(ProcessBuilder.Redirect.PIPE, ProcessBuilder.Redirect.to(output.toFile()));
            RunningWarehouse warehouse = new RunningWarehouse(ready(process), output);
            process.getInputStream().close();
            return warehouse;
        } catch (IOException e) {
            if (process != null) {
                process.destroyForcibly();
            }
            throw new LocalWarehouseException(
                    "The local warehouse did not start, see " + output + ": " + lastLine(output, e), e);
        }
    }

    /**
     * Joins a warehouse that runs already.
     *
     * @throws IOException when it does not run any more
     */
    static RunningWarehouse join(Path discovery) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(discovery, StandardCharsets.UTF_8)));
        if (!properties.containsKey("leasePort")) {
            throw new IOException("Not a discovery file: " + discovery);
        }
        return new RunningWarehouse(properties, null);
    }

    /** Reads what the server says about itself; its end, also by force after a while, ends the reading. */
    private static Properties ready(Process process) throws IOException {
        process.getOutputStream().close();
        CompletableFuture<Process> limit = process.onExit().orTimeout(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        limit.whenComplete((exited, late) -> {
            if (late != null && !limit.isCancelled()) {
                process.destroyForcibly();
            }
        });
        try {
            List<String> lines = new ArrayList<>();
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (String line = reader.readLine(); !"ready".equals(line); line = reader.readLine()) {
                if (line == null) {
                    throw new IOException("it ended before it was ready");
                }
                lines.add(line);
            }
            Properties properties = new Properties();
            properties.load(new StringReader(String.join("\n", lines)));
            return properties;
        } finally {
            limit.cancel(false);
        }
    }

    private static String lastLine(Path output, IOException failure) {
        try {
            List<String> lines = Files.readAllLines(output);
            return lines.stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
                    .findFirst()
                    .orElse(failure.getMessage());
        } catch (IOException e) {
            return failure.getMessage();
        }
    }

    public WarehouseEndpoint endpoint() {
        return endpoint;
    }

    public long pid() {
        return pid;
    }

    /** Null when another JVM has started the warehouse. */
    public Path outputFile() {
        return outputFile;
    }

    public WarehouseControl control() {
        return control;
    }

    boolean alive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Gives the lease back; a warehouse of one's own ends by that, and this waits for it. */
    @Override
    public void close() {
        lease.close();
        ProcessHandle.of(pid).ifPresent(process -> {
            try {
                process.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroyForcibly();
            } catch (ExecutionException | TimeoutException e) {
                process.destroyForcibly();
            }
        });
    }
}
