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
package io.cameldatabricks.testinfra.server.engine;

/** A statement that failed or was canceled; the protocol side turns it into a status, never into a stack trace. */
public final class EngineException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String errorCode;
    private final String sqlState;
    private final boolean canceled;

    private EngineException(String errorCode, String sqlState, String message, boolean canceled, Throwable cause) {
        super(message, cause);
        this.errorCode = errorCode;
        this.sqlState = sqlState;
        this.canceled = canceled;
    }

    /**
     * @param errorCode the service's code, such as {@code BAD_REQUEST}, {@code NOT_FOUND}, {@code INTERNAL_ERROR}
     * @param sqlState five characters, or null when unknown
     * @param message as Databricks words it: {@code [ERROR_CLASS] text. SQLSTATE: xxxxx}
     * @param cause for the server's log only, or null
     */
    public static EngineException failed(String errorCode, String sqlState, String message, Throwable cause) {
        return new EngineException(errorCode, sqlState, message, false, cause);
    }

    public static EngineException ofCanceled() {
        return new EngineException("CANCELLED", null, "The statement was canceled.", true, null);
    }

    public String errorCode() {
        return errorCode;
    }

    public String sqlState() {
        return sqlState;
    }

    public boolean canceled() {
        return canceled;
    }
}
