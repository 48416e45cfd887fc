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
package io.cameldatabricks.component.client.sea;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

import javax.net.ssl.SSLContext;

import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.retry.RateLimiter;
import io.cameldatabricks.component.retry.Retrier;
import io.cameldatabricks.component.volume.VolumeClient;

/**
 * Makes clients of the APIs of a workspace.
 *
 * @param executor runs what follows an answer; never blocked
 * @param clock time of observations and of limits
 * @param delayer waits between attempts
 * @param random spreads them; thread-safe
 * @param trust whose certificates are trusted, null for the platform's
 * @param proxy through which calls travel
 */
public record SeaClients(
        Executor executor,
        InstantSource clock,
        Delayer delayer,
        RandomGenerator random,
        SSLContext trust,
        ProxySelector proxy) {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Without a proxy. */
    public SeaClients(
            Executor executor, InstantSource clock, Delayer delayer, RandomGenerator random, SSLContext trust) {
        this(executor, clock, delayer, random, trust, HttpClient.Builder.NO_PROXY);
    }

    public SeaClients {
        Objects.requireNonNull(proxy, "proxy");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(delayer, "delayer");
        Objects.requireNonNull(random, "random");
    }

    /**
     * @param limiter the one of the workspace, shared by all its clients
     */
    public StatementClient create(SeaSettings settings, BearerSource bearers, RateLimiter limiter) {
        return new SeaStatementClient(http(settings, bearers, limiter), settings, clock);
    }

    /**
     * Makes a client of the Files API, which calls the workspace as the others do.
     *
     * @param limiter the one of the workspace, shared by all its clients
     * @param readers read what is uploaded, and may be blocked as long as that takes
     */
    public VolumeClient createVolumes(
            SeaSettings settings, BearerSource bearers, RateLimiter limiter, Executor readers) {
        return new SeaVolumeClient(http(settings, bearers, limiter), settings, readers);
    }

    private SeaHttp http(SeaSettings settings, BearerSource bearers, RateLimiter limiter) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                // one exchange for each connection: a lost connection then leaves one call in doubt, not all of them
                .version(HttpClient.Version.HTTP_1_1)
                // a redirected submit would be sent again
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .proxy(proxy)
                .executor(executor);
        if (trust != null) {
            builder.sslContext(trust);
        }
        Retrier retrier = new Retrier(clock, delayer, random);
        return new SeaHttp(builder.build(), settings, bearers, limiter, retrier, clock);
    }
}
