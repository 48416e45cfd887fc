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
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

import io.cameldatabricks.testinfra.WarehouseEndpoint;

/** Says where the warehouse is: to people, to the launcher that started it, and to other JVMs of the same build. */
final class Announcement {

    private final ServerOptions options;
    private final WarehouseEndpoint endpoint;
    private final int leasePort;

    Announcement(ServerOptions options, int port, LeaseKeeper leases, SelfSignedCertificate certificate) {
        this.options = options;
        this.leasePort = leases == null ? 0 : leases.port();
        this.endpoint = new WarehouseEndpoint(
                port,
                options.warehouseId(),
                options.token(),
                certificate == null ? null : certificate.trustStore(),
                certificate == null ? null : certificate.trustStorePassword());
    }

    void forPeople(PrintStream out) {
        out.println();
        out.println("The local warehouse is ready: " + endpoint.httpUrl() + " (" + options.engine() + " engine)");
        out.println(
                options.data() == null
                        ? "Its tables are gone when it stops; keep them with --data DIR."
                        : "Its tables are in " + options.data() + ".");
        out.println();
        out.println("Camel endpoint:");
        out.println("  databricks:local?" + endpoint.endpointOptions());
        out.println();
        out.println("JDBC URL:");
        out.println("  " + endpoint.jdbcUrl());
        out.println();
        out.println("Environment:");
        endpoint.environment().forEach((name, value) -> out.println("  export " + name + "=" + value));
        out.println();
        out.println("Try it:");
        out.println("  curl -s" + (options.tls() ? "k" : "") + " -H 'Authorization: Bearer " + endpoint.token()
                + "' -d '{\"warehouse_id\":\"" + endpoint.warehouseId() + "\",\"statement\":\"SELECT 1\"}' "
                + endpoint.httpUrl() + "/api/2.0/sql/statements");
        if (endpoint.trustStore() != null) {
            out.println();
            out.println("Trust store with its certificate: " + endpoint.trustStore() + " (PKCS12, password "
                    + endpoint.trustStorePassword() + ")");
        }
        out.println();
        out.println("Stop it with Ctrl-C.");
        out.flush();
    }

    void forLauncher(PrintStream out) throws IOException {
        out.print(text());
        out.println("ready");
        out.flush();
    }

    void forDiscovery() throws IOException {
        Path file = options.discovery();
        if (file == null) {
            return;
        }
        Path fresh = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, ownerOnly(file));
        Files.writeString(fresh, text(), StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes the discovery file away, unless another warehouse has written its own there. */
    void withdraw() {
        Path file = options.discovery();
        try {
            if (file != null && Files.exists(file) && Files.readString(file).equals(text())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("Could not delete " + file + ": " + e.getMessage());
        }
    }

    private String text() throws IOException {
        Properties properties = endpoint.toProperties();
        properties.setProperty("leasePort", String.valueOf(leasePort));
        properties.setProperty("pid", String.valueOf(ProcessHandle.current().pid()));
        StringWriter writer = new StringWriter();
        properties.store(writer, null);
        // the first line is the date
        return writer.toString().replaceAll("(?m)^#.*\\R", "");
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
