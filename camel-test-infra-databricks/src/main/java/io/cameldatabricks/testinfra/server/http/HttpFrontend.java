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
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.Executor;

import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import io.cameldatabricks.testinfra.fault.CutPoint;
import io.cameldatabricks.testinfra.server.fault.FaultPlan;
import io.cameldatabricks.testinfra.server.fault.FaultTarget;
import io.cameldatabricks.testinfra.server.fault.Faults;
import io.cameldatabricks.testinfra.server.model.OAuthTokens;
import io.cameldatabricks.testinfra.server.model.SessionStore;
import io.cameldatabricks.testinfra.server.model.WarehouseCompute;

/** Listens on the loopback address, checks the token, lets calls meet the active faults, and gives each to its route. */
public final class HttpFrontend implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(HttpFrontend.class.getName());

    static {
        // read by the JDK's server when its classes load; without the first one every answer takes 40 ms more
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "600");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    }

    private final HttpServer server;
    private final Router router;
    private final RequestLog log;
    private final Faults faults;
    private final SessionStore sessions;
    private final WarehouseCompute compute;
    private final Executor executor;
    private final OAuthTokens oauth;
    private final byte[] authorization;

    /**
     * @param port the port, 0 for a free one
     * @param tls null for plain HTTP
     * @param executor runs the requests; a request may hold its thread as long as a statement runs
     * @throws IOException when the port is taken
     */
    HttpFrontend(
            int port,
            SSLContext tls,
            String token,
            OAuthTokens oauth,
            Router router,
            RequestLog log,
            Faults faults,
            SessionStore sessions,
            WarehouseCompute compute,
            Executor executor)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
        if (tls == null) {
            server = HttpServer.create(address, 1024);
        } else {
            HttpsServer https = HttpsServer.create(address, 1024);
            https.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = https;
        }
        this.oauth = oauth;
        this.router = router;
        this.log = log;
        this.faults = faults;
        this.sessions = sessions;
        this.compute = compute;
        this.executor = executor;
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) {
        long number = log.received(
                exchange.getRequestMethod(), exchange.getRequestURI().toString());
        ApiCall call = new ApiCall(exchange, log, number);
        answering(call, () -> receive(call, number));
    }

    private static void logBody(ApiCall call) throws IOException {
        byte[] body = call.body();
        if (body.length > 0 && !ThriftRoutes.CONTENT_TYPE.equals(call.header("Content-Type"))) {
            call.logBody(new String(body, StandardCharsets.UTF_8));
        }
    }

    /** A part of the work on a call. */
    private interface Step {
        void run() throws IOException;
    }

    private static void answering(ApiCall call, Step step) {
        try {
            step.run();
        } catch (ApiException e) {
            call.error(e);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "A client has gone during its request", e);
            call.abandon();
        } catch (RuntimeException | LinkageError e) {
            LOG.log(Level.ERROR, "Failed to answer " + call.method() + " " + call.path(), e);
            call.error(new ApiException(500, "INTERNAL_ERROR", "The local warehouse failed; its log says why."));
        }
    }

    private void receive(ApiCall call, long number) throws IOException {
        Router.Match match = router.match(call.method(), call.path());
        if (match != null && match.route().kind() != null) {
            Faults.Met unread = faults.meetUnread(match.route().kind());
            if (unread != null) {
                log.met(number, unread.ids());
                call.cut();
                return;
            }
        }
        if (match != null && match.route().streaming()) {
            call.requestBody().streaming();
        } else {
            logBody(call);
        }
        if (match == null) {
            refuseUnknown(call);
        }
        if (match.route().access() == Router.Access.TOKEN) {
            checkToken(call);
        }
        call.pathVariables(match.variables());
        if (match.route().classifier() == null) {
            match.route().handler().handle(call);
            return;
        }
        FaultTarget target = faults.active() ? match.route().classifier().target(call) : null;
        Faults.Met met = faults.meet(target);
        if (!met.ids().isEmpty()) {
            log.met(number, met.ids());
        }
        carryOut(call, match.route().handler(), target, met.plan());
    }

    private void carryOut(ApiCall call, Router.Handler handler, FaultTarget target, FaultPlan plan) throws IOException {
        call.faults(plan);
        if (plan.refusedBefore()) {
            call.refuse();
        } else if (plan.cutBefore()) {
            call.requestBody().readUntil(plan.cut());
            call.cut();
        } else {
            if (plan.sessionForgotten()) {
                sessions.close(target.sessionId());
            }
            if (plan.waitsForStart()) {
                compute.whenRunning(() -> executor.execute(() -> answering(call, () -> handler.handle(call))));
                return;
            }
            handler.handle(call);
            if (plan.cut() == CutPoint.UNANSWERED) {
                // also when the answer would come much later
                call.cut();
            }
        }
    }

    private void refuseUnknown(ApiCall call) {
        boolean discovery =
                call.path().startsWith("/.well-known/") || call.path().startsWith("/oidc/");
        if (!discovery) {
            checkToken(call);
        }
        throw new ApiException(
                404, "ENDPOINT_NOT_FOUND", "No API found for '" + call.method() + " " + call.path() + "'");
    }

    private void checkToken(ApiCall call) {
        String header = call.header("Authorization");
        if (header == null) {
            call.answerHeader("WWW-Authenticate", "Bearer realm=\"DatabricksRealm\"");
            throw new ApiException(
                    401, "UNAUTHENTICATED", "Credential was not sent or was of an unsupported type for this API.");
        }
        boolean good = MessageDigest.isEqual(header.getBytes(StandardCharsets.UTF_8), authorization)
                || header.startsWith("Bearer ") && oauth.isGood(header.substring("Bearer ".length()));
        if (!good) {
            call.answerHeader("WWW-Authenticate", "Bearer realm=\"DatabricksRealm\", error=\"invalid_token\"");
            throw new ApiException(401, "UNAUTHENTICATED", "Invalid access token.");
        }
    }

    /** Drops every connection. */
    @Override
    public void close() {
        server.stop(0);
    }
}
