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
package io.cameldatabricks.component.pool;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import com.databricks.sdk.core.http.HttpClient;
import com.databricks.sdk.core.http.Request;
import com.databricks.sdk.core.http.Response;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.auth.AccessToken;
import io.cameldatabricks.component.auth.TokenTransport;
import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.HttpPath;

/**
 * Asks the workspace over REST whether the warehouse or cluster runs, which neither wakes it nor keeps it awake. One
 * question at a time; an answer serves everybody for half a second, a refusal for ten minutes. Safe for many threads.
 */
final class ComputeProbe {

    private static final Logger LOG = LoggerFactory.getLogger(ComputeProbe.class);

    private static final Duration GOOD_FOR = Duration.ofMillis(500);
    private static final Duration REFUSED_FOR = Duration.ofMinutes(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> RUN = Set.of("RUNNING", "RESIZING");
    private static final Set<String> DO_NOT_RUN =
            Set.of("STARTING", "STOPPED", "STOPPING", "PENDING", "RESTARTING", "TERMINATING", "TERMINATED");

    private final ConnectionSettings settings;
    private final TokenFeed tokens;
    private final String userAgent;
    private final Executor executor;
    private final InstantSource clock;
    private HttpClient http;
    private CompletableFuture<ComputeReport> last;
    private Instant lastGoodUntil = Instant.MAX;

    /** Asks nobody yet. */
    ComputeProbe(
            ConnectionSettings settings, TokenFeed tokens, String userAgent, Executor executor, InstantSource clock) {
        this.settings = settings;
        this.tokens = tokens;
        this.userAgent = userAgent;
        this.executor = executor;
        this.clock = clock;
    }

    /** Does not block, and never fails: what cannot be found out is {@link ComputeState#UNKNOWN}. */
    CompletableFuture<ComputeState> state() {
        return report().thenApply(ComputeReport::state);
    }

    /** Does not block, and never fails. */
    synchronized CompletableFuture<ComputeReport> report() {
        if (last != null && (!last.isDone() || clock.instant().isBefore(lastGoodUntil))) {
            return last.copy();
        }
        CompletableFuture<ComputeReport> answer = new CompletableFuture<>();
        last = answer;
        lastGoodUntil = Instant.MAX;
        try {
            executor.execute(() -> answer.complete(ask()));
        } catch (RejectedExecutionException e) {
            answer.complete(ComputeReport.outOfReach(e.getClass().getSimpleName()));
        }
        return answer.copy();
    }

    private ComputeReport ask() {
        Duration goodFor = GOOD_FOR;
        try {
            AccessToken token = tokens.token();
            if (token == null) {
                // the driver logs in by itself, and shows its token to nobody
                return ComputeReport.notAsked();
            }
            Response response = client().execute(request(token));
            if (response.getStatusCode() == 401) {
                tokens.refused(token);
            } else if (response.getStatusCode() == 403 || response.getStatusCode() == 404) {
                goodFor = REFUSED_FOR;
            }
            if (response.getStatusCode() != 200) {
                return ComputeReport.refused(response.getStatusCode());
            }
            String word = JSON.readTree(response.getBody()).path("state").asText();
            return ComputeReport.told(state(word), word);
        } catch (IOException | RuntimeException e) {
            // without its message, which may hold a token
            LOG.debug(
                    "The state of {} is not known: {}",
                    settings.httpPath(),
                    e.getClass().getName());
            return ComputeReport.outOfReach(e.getClass().getSimpleName());
        } finally {
            goodFor(goodFor);
        }
    }

    private synchronized void goodFor(Duration duration) {
        lastGoodUntil = clock.instant().plus(duration);
    }

    private synchronized HttpClient client() {
        if (http == null) {
            http = new TokenTransport(settings.extras().driverProperties()).open();
        }
        return http;
    }

    private Request request(AccessToken token) {
        Request request = new Request(Request.GET, settings.address().url() + path(settings.httpPath()));
        settings.extras().httpHeaders().forEach(request::withHeader);
        return request.withHeader("Authorization", "Bearer " + token.reveal())
                .withHeader("Accept", "application/json")
                .withHeader("User-Agent", userAgent);
    }

    private static String path(HttpPath path) {
        return path.isWarehouse()
                ? "/api/2.0/sql/warehouses/" + encode(path.warehouseId())
                : "/api/2.1/clusters/get?cluster_id=" + encode(path.clusterId());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static ComputeState state(String word) {
        if (RUN.contains(word)) {
            return ComputeState.RUNNING;
        }
        return DO_NOT_RUN.contains(word) ? ComputeState.NOT_RUNNING : ComputeState.UNKNOWN;
    }
}
