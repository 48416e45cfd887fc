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
package io.cameldatabricks.testinfra.server.http;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import javax.net.ssl.SSLContext;

import io.cameldatabricks.testinfra.server.engine.SqlEngine;
import io.cameldatabricks.testinfra.server.fault.FaultActions;
import io.cameldatabricks.testinfra.server.fault.Faults;
import io.cameldatabricks.testinfra.server.model.OAuthTokens;
import io.cameldatabricks.testinfra.server.model.ServerClock;
import io.cameldatabricks.testinfra.server.model.SessionStore;
import io.cameldatabricks.testinfra.server.model.StatementFactory;
import io.cameldatabricks.testinfra.server.model.StatementRunner;
import io.cameldatabricks.testinfra.server.model.StatementStore;
import io.cameldatabricks.testinfra.server.model.WarehouseCompute;
import io.cameldatabricks.testinfra.server.thrift.ThriftService;
import io.cameldatabricks.testinfra.server.volume.VolumeFiles;

/** A running warehouse: an engine behind the protocols. */
public final class Warehouse implements AutoCloseable {

    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final HttpFrontend frontend;
    private final SqlEngine engine;
    private final ServerClock clock;
    private final ExecutorService executor;

    private Warehouse(HttpFrontend frontend, SqlEngine engine, ServerClock clock, ExecutorService executor) {
        this.frontend = frontend;
        this.engine = engine;
        this.clock = clock;
        this.executor = executor;
    }

    /**
     * @param port 0 for a free one
     * @param tls null for plain HTTP
     * @param running statements that run at a time
     * @param queued statements that may wait
     * @param spoolFolder where big results go
     */
    public record Settings(
            int port, SSLContext tls, String token, String warehouseId, int running, int queued, Path spoolFolder) {

        /** Without the token. */
        @Override
        public String toString() {
            return "Settings[port " + port + ", warehouse " + warehouseId + "]";
        }
    }

    /**
     * @param engine makes the engine; given the clock that its statements are to live by
     * @throws IOException when the port is taken
     */
    public static Warehouse start(Settings settings, Function<ServerClock, SqlEngine> engine) throws IOException {
        AtomicInteger threads = new AtomicInteger();
        ExecutorService executor = Executors.newCachedThreadPool(runnable -> {
            Thread thread = new Thread(runnable, "warehouse-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        ServerClock clock = new ServerClock(executor);
        SqlEngine sql = engine.apply(clock);
        StatementStore statements = new StatementStore(clock);
        SessionStore sessions = new SessionStore(sql, clock);
        WarehouseCompute compute = new WarehouseCompute(clock);
        StatementRunner runner =
                new StatementRunner(sql, clock, compute, executor, settings.running(), settings.queued());
        clock.every(SWEEP, () -> {
            runner.cancelAbandoned(statements.newestFirst());
            sessions.expire();
        });
        RequestLog log = new RequestLog();
        LinkSigner signer = new LinkSigner();
        WarehouseRoutes warehouses =
                new WarehouseRoutes(settings.warehouseId(), settings.tls() != null, sessions, compute);
        Router router = new Router();
        StatementFactory factory = new StatementFactory(sql, clock, settings.spoolFolder());
        StatementAnswer answers = new StatementAnswer(clock, signer);
        new StatementRoutes(factory, statements, sessions, runner, clock, warehouses, answers).addTo(router);
        ThriftRoutes thrift = new ThriftRoutes(
                () -> new ThriftService(factory, statements, sessions, runner, clock), warehouses, statements, answers);
        thrift.addTo(router);
        clock.every(SWEEP, thrift::giveUpIdle);
        new LinkRoutes(statements, clock, signer).addTo(router);
        VolumeFiles files = new VolumeFiles(sql.volumes());
        new FileRoutes(files).addTo(router);
        FileLinkRoutes fileLinks = new FileLinkRoutes(files, clock, signer);
        fileLinks.addTo(router);
        sql.links(fileLinks);
        new SessionRoutes(sessions, warehouses).addTo(router);
        new HistoryRoutes(statements).addTo(router);
        OAuthTokens oauth = new OAuthTokens(clock);
        new OAuthRoutes(oauth, settings.tls() != null).addTo(router);
        warehouses.addTo(router);
        new ControlRoutes(clock, sessions, statements, log, sql).addTo(router);
        Faults faults = new Faults(new FaultActions(clock, compute, sessions));
        new FaultRoutes(faults).addTo(router);
        HttpFrontend frontend = new HttpFrontend(
                settings.port(),
                settings.tls(),
                settings.token(),
                oauth,
                router,
                log,
                faults,
                sessions,
                compute,
                executor);
        fileLinks.base((settings.tls() == null ? "http" : "https") + "://127.0.0.1:" + frontend.port());
        return new Warehouse(frontend, sql, clock, executor);
    }

    public int port() {
        return frontend.port();
    }

    /** Drops every connection and ends every statement. */
    @Override
    public void close() {
        frontend.close();
        clock.close();
        engine.close();
        executor.shutdownNow();
    }
}
