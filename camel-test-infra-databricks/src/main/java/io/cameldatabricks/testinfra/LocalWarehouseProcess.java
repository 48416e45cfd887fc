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
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.cameldatabricks.testinfra.fault.ActiveFault;
import io.cameldatabricks.testinfra.fault.Fault;
import io.cameldatabricks.testinfra.launch.RunningWarehouse;
import io.cameldatabricks.testinfra.launch.SharedWarehouses;

/**
 * A local warehouse in a JVM of its own, for programs; tests have {@link LocalWarehouse}. It is gone when it is closed, or
 * when this JVM is gone, however it went.
 *
 * <pre>{@code
 * try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(WarehouseOptions.spark())) {
 *     ... warehouse.endpointOptions() ...
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public class LocalWarehouseProcess implements AutoCloseable {

    private final WarehouseOptions options;
    private RunningWarehouse running;

    LocalWarehouseProcess(WarehouseOptions options) {
        this.options = options;
    }

    /**
     * Starts a warehouse, or joins a running one when the options say that it may be shared; waits until it is ready.
     *
     * @throws LocalWarehouseException when it does not start
     */
    public static LocalWarehouseProcess start(WarehouseOptions options) {
        LocalWarehouseProcess warehouse = new LocalWarehouseProcess(options);
        warehouse.start();
        return warehouse;
    }

    /**
     * Starts or joins as {@link #start(WarehouseOptions)} does; does nothing when that has been done.
     *
     * @throws LocalWarehouseException when it does not start
     */
    public synchronized void start() {
        if (running == null) {
            running = options.shared() ? SharedWarehouses.join(options) : RunningWarehouse.start(options, null);
        }
    }

    /** Stops the warehouse and waits for its end. A shared one goes on until every JVM that uses it has ended. */
    @Override
    public synchronized void close() {
        if (running != null && !options.shared()) {
            running.close();
        }
        running = null;
    }

    private synchronized RunningWarehouse running() {
        if (running == null) {
            throw new IllegalStateException("The local warehouse has not been started, or has been closed.");
        }
        return running;
    }

    boolean shared() {
        return options.shared();
    }

    /** Where the warehouse is. */
    public WarehouseEndpoint endpoint() {
        return running().endpoint();
    }

    /** The options of a {@code databricks:} endpoint, joined with {@code &}. */
    public String endpointOptions() {
        return endpoint().endpointOptions();
    }

    /** For the Databricks JDBC driver, with the token. */
    public String jdbcUrl() {
        return endpoint().jdbcUrl();
    }

    /** As {@link #jdbcUrl()} with more driver parameters, which win. */
    public String jdbcUrl(Map<String, String> driverParameters) {
        return endpoint().jdbcUrl(driverParameters);
    }

    /** Scheme, host and port. */
    public String httpUrl() {
        return endpoint().httpUrl();
    }

    public String host() {
        return endpoint().host();
    }

    public int port() {
        return endpoint().port();
    }

    public String httpPath() {
        return endpoint().httpPath();
    }

    /** The HTTP path by which it passes for an all-purpose cluster. */
    public String clusterHttpPath() {
        return endpoint().clusterHttpPath();
    }

    public String warehouseId() {
        return endpoint().warehouseId();
    }

    public String token() {
        return endpoint().token();
    }

    /** The environment variables that Databricks' own tools read. */
    public Map<String, String> environment() {
        return endpoint().environment();
    }

    /** The file that the warehouse writes its log to; null when another JVM has started it. */
    public Path outputFile() {
        return running().outputFile();
    }

    /** Its process id. */
    public long pid() {
        return running().pid();
    }

    /** Steers the warehouse; what this class offers beside it are short ways to the same. */
    public WarehouseControl control() {
        return running().control();
    }

    /** Teaches the scripted engine an answer. */
    public void script(Script script) {
        control().script(script);
    }

    /** Makes the scripted engine forget what it was taught. */
    public void clearScripts() {
        control().clearScripts();
    }

    /**
     * Lets the warehouse show a fault, until that is closed or {@link #clearFaults()} is called.
     *
     * @throws IllegalStateException when others use the warehouse too and the fault could meet their statements
     */
    public ActiveFault inject(Fault fault) {
        if (options.shared() && !fault.namesStatements()) {
            throw new IllegalStateException(
                    "Other tests use this warehouse too: name the statements or files of the fault"
                            + " with onStatement(…) or onPath(…), or use a warehouse of your own.");
        }
        return control().inject(fault);
    }

    /** Switches every fault off. */
    public void clearFaults() {
        control().clearFaults();
    }

    /** The requests that the warehouse has received, oldest first; the last 10,000 of them. */
    public List<WarehouseRequest> requests() {
        return control().requests();
    }

    /** Makes the warehouse forget the requests that it has received. */
    public void clearRequests() {
        control().clearRequests();
    }

    /** The statements that the warehouse has accepted, oldest first; see {@link WarehouseControl#statements()}. */
    public List<WarehouseStatement> statements() {
        return control().statements();
    }

    /** The time that statements, sessions and links of the warehouse live by. */
    public Instant clock() {
        return control().clock();
    }

    /** Turns that time forward. All that comes due on the way has happened when this returns. */
    public void advanceClock(Duration duration) {
        control().advanceClock(duration);
    }

    /** Closes every session of every client, as an expiry or a restart of the warehouse would; returns how many. */
    public int dropSessions() {
        return control().dropSessions();
    }

    /** How many sessions are open. */
    public int sessions() {
        return control().sessions();
    }

    /**
     * Lets a service principal log in (OAuth, client credentials); a known one gets the new secret.
     *
     * @param life how long each of its tokens is good by {@link #clock()}, whole seconds
     */
    public void allowOAuth(String clientId, String secret, Duration life) {
        control().allowOAuth(clientId, secret, life);
    }

    /**
     * Takes an id token of another issuer for a service principal (OAuth, token exchange), as a federation policy of
     * Databricks does. The token is compared, not verified.
     *
     * @param life how long each token is good that is given for it, by {@link #clock()}, whole seconds
     */
    public void trustIdToken(String clientId, String idToken, Duration life) {
        control().trustIdToken(clientId, idToken, life);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + options + "]";
    }
}
