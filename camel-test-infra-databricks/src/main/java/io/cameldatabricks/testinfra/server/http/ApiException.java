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

/** A request that is answered with an error. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String errorCode;
    private final String reason;

    ApiException(int status, String errorCode, String message) {
        this(status, errorCode, null, message);
    }

    /** @param reason for the error's details, or null when there are none */
    ApiException(int status, String errorCode, String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
        this.status = status;
        this.errorCode = errorCode;
    }

    static ApiException badRequest(String message) {
        return new ApiException(400, "BAD_REQUEST", message);
    }

    static ApiException invalid(String message) {
        return new ApiException(400, "INVALID_PARAMETER_VALUE", message);
    }

    static ApiException notFound(String message) {
        return new ApiException(404, "NOT_FOUND", message);
    }

    static ApiException doesNotExist(String message) {
        return new ApiException(404, "RESOURCE_DOES_NOT_EXIST", message);
    }

    int status() {
        return status;
    }

    String errorCode() {
        return errorCode;
    }

    /** The reason in the error's details, or null. */
    String reason() {
        return reason;
    }
}
