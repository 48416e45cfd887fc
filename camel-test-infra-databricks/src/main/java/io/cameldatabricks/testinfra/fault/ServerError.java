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
package io.cameldatabricks.testinfra.fault;

import java.time.Duration;

/**
 * The service, or a gateway before it, fails with 500, 502, 503 or 504; without more words at the submit of statements,
 * and before they are carried out.
 */
public final class ServerError extends CallFault<ServerError> {

    private ServerError(int status) {
        super(CallKind.SUBMIT);
        set("status", String.valueOf(status));
    }

    /** @param status from 500 to 599 */
    public static ServerError status(int status) {
        if (status < 500 || status > 599) {
            throw new IllegalArgumentException("Not the status of a server's error: " + status);
        }
        return new ServerError(status);
    }

    public ServerError on(CallKind... kinds) {
        return kinds(kinds);
    }

    /** The call is carried out, and only its answer is replaced by the error. */
    public ServerError afterExecution() {
        set("executed", "true");
        return this;
    }

    /** Sends Retry-After as whole seconds. */
    public ServerError retryAfter(Duration wait) {
        set("retryAfter", String.valueOf(wait.toSeconds()));
        return this;
    }
}
