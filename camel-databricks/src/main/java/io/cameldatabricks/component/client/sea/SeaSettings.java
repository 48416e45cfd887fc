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

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import io.cameldatabricks.component.retry.RetryPolicy;

/**
 * How a workspace is called. Immutable; headers are printed without their values.
 *
 * @param workspace scheme, host and port
 * @param userAgent how this program names itself
 * @param headers added to every call
 * @param callTimeout one call may take so long, the wait of a submit on the server not counted
 * @param reads what is repeated of calls that may be repeated
 * @param submits what is repeated of submits
 */
public record SeaSettings(
        URI workspace,
        String userAgent,
        Map<String, String> headers,
        Duration callTimeout,
        RetryPolicy reads,
        RetryPolicy submits) {

    public SeaSettings {
        String scheme = workspace.getScheme();
        boolean plain = workspace.getHost() != null
                && workspace.getRawUserInfo() == null
                && workspace.getRawQuery() == null
                && ("https".equals(scheme) || "http".equals(scheme));
        if (!plain) {
            throw new IllegalArgumentException("The workspace must be an http or https address");
        }
        Objects.requireNonNull(userAgent, "userAgent");
        headers = Map.copyOf(headers);
        if (callTimeout.isNegative() || callTimeout.isZero()) {
            throw new IllegalArgumentException("callTimeout must be more than 0");
        }
        if (submits.afterBrokenLink() || !Map.of(429, 0, 503, 0).keySet().containsAll(submits.statuses())) {
            throw new IllegalArgumentException(
                    "A submit may be repeated after 429 and 503 only, else it may run twice");
        }
    }

    /** With the usual times: a call may take 30 s, as the service itself may take 5 s for a status. */
    public static SeaSettings of(URI workspace, String userAgent) {
        return new SeaSettings(
                workspace,
                userAgent,
                Map.of(),
                Duration.ofSeconds(30),
                RetryPolicy.forReads(),
                RetryPolicy.forSubmit());
    }

    @Override
    public String toString() {
        return "SeaSettings[workspace=" + workspace + ", headers=" + headers.keySet() + "]";
    }
}
