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

/** The service refuses calls with a status and an error code of the test's choice, and does not carry them out. */
public final class RefusedCall extends CallFault<RefusedCall> {

    private RefusedCall(int status, String errorCode, String message) {
        super(CallKind.SUBMIT);
        if (status < 400 || status > 499) {
            throw new IllegalArgumentException("Not the status of a refusal: " + status);
        }
        set("status", String.valueOf(status));
        set("errorCode", errorCode);
        set("message", message);
    }

    /** @param status from 400 to 499; @param errorCode such as {@code INVALID_STATE} */
    public static RefusedCall with(int status, String errorCode, String message) {
        return new RefusedCall(status, errorCode, message);
    }

    /** 403 PERMISSION_DENIED. */
    public static RefusedCall permissionDenied() {
        return with(403, "PERMISSION_DENIED", "You do not have permission to use this SQL warehouse.");
    }

    /** 401 UNAUTHENTICATED, as for a token that has expired. */
    public static RefusedCall tokenExpired() {
        return with(401, "UNAUTHENTICATED", "Token is expired.");
    }

    /** Sends Retry-After as whole seconds. */
    public RefusedCall retryAfter(Duration wait) {
        set("retryAfter", String.valueOf(wait.toSeconds()));
        return this;
    }

    /** Instead of at the submit of statements. */
    public RefusedCall on(CallKind... kinds) {
        return kinds(kinds);
    }
}
