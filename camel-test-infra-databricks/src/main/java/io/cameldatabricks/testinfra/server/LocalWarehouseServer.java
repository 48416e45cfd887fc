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
package io.cameldatabricks.testinfra.server;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.cameldatabricks.testinfra.server.engine.SqlEngine;
import io.cameldatabricks.testinfra.server.engine.scripted.ScriptedEngine;
import io.cameldatabricks.testinfra.server.http.Warehouse;

/** The main class of the local warehouse. Starts it, says where it is, and runs until it is told to stop. */
public final class LocalWarehouseServer {

    private static final String SPARK_ENGINE = "io.cameldatabricks.testinfra.server.engine.spark.SparkEngine";

    private LocalWarehouseServer() {}

    public static void main(String[] arguments) {
        if (List.of(arguments).contains("--help")) {
            System.out.println(ServerOptions.USAGE);
            return;
        }
        try {
            run(ServerOptions.parse(List.of(arguments), System.getenv()));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(ServerOptions.USAGE);
            System.exit(2);
        } catch (IOException | RuntimeException | InterruptedException e) {
            System.err.println("The local warehouse could not start: " + e.getMessage());
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(ServerOptions options) throws IOException, InterruptedException {
        PrintStream announcements = System.out;
        if (options.lease() != null) {
            // standard output is the way to the launcher, and is closed soon
            System.setOut(System.err);
        }
        CountDownLatch end = new CountDownLatch(1);
        Path work = WorkFolder.create();
        AtomicReference<Runnable> closing = new AtomicReference<>(() -> {});
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            closing.get().run();
                            DeleteFolder.quietly(work);
                        },
                        "stop-warehouse"));
        SelfSignedCertificate certificate = options.tls() ? SelfSignedCertificate.create(work) : null;
        Path data = options.data() == null ? Files.createDirectories(work.resolve("data")) : options.data();
        LeaseKeeper leases =
                options.lease() == null ? null : LeaseKeeper.open(options.token(), options.lease(), end::countDown);
        Warehouse warehouse = start(options, data, work, certificate);
        Announcement announcement = new Announcement(options, warehouse.port(), leases, certificate);
        closing.set(() -> {
            announcement.withdraw();
            if (leases != null) {
                leases.close();
            }
            warehouse.close();
        });
        if (leases == null) {
            announcement.forPeople(announcements);
        } else {
            announcement.forDiscovery();
            announcement.forLauncher(announcements);
            announcements.close();
            leases.begin();
        }
        if (options.stopWith() != 0) {
            ProcessHandle.of(options.stopWith())
                    .map(ProcessHandle::onExit)
                    .orElseGet(() -> CompletableFuture.completedFuture(null))
                    .thenRun(end::countDown);
        }
        end.await();
        System.exit(0);
    }

    private static Warehouse start(ServerOptions options, Path data, Path work, SelfSignedCertificate certificate)
            throws IOException {
        Warehouse.Settings settings = new Warehouse.Settings(
                options.port(),
                certificate == null ? null : certificate.context(),
                options.token(),
                options.warehouseId(),
                options.running(),
                options.queued(),
                work.resolve("results"));
        try {
            return Warehouse.start(
                    settings,
                    clock -> options.engine().equals("scripted")
                            ? new ScriptedEngine(clock, data.resolve("volumes"))
                            : spark(data));
        } catch (BindException e) {
            throw new IOException("Port " + options.port() + " on 127.0.0.1 is taken.", e);
        }
    }

    /** By name, so that the scripted engine starts without Spark on the class path. */
    private static SqlEngine spark(Path data) {
        try {
            return (SqlEngine)
                    Class.forName(SPARK_ENGINE).getMethod("start", Path.class).invoke(null, data);
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException("The Spark engine did not start: " + cause, cause);
        }
    }
}
