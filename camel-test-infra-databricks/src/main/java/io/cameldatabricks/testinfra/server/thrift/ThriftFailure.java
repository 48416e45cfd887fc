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
package io.cameldatabricks.testinfra.server.thrift;

import java.util.List;

import com.databricks.jdbc.model.client.thrift.generated.TStatus;
import com.databricks.jdbc.model.client.thrift.generated.TStatusCode;

import io.cameldatabricks.testinfra.server.engine.EngineException;

/** A call that is answered with an error status. */
final class ThriftFailure extends Exception {

    private static final long serialVersionUID = 1L;
    private static final String EXCEPTION = "org.apache.hive.service.cli.HiveSQLException";

    private final String sqlState;

    /**
     * @param sqlState five characters, or null
     * @param message as the service words it
     */
    ThriftFailure(String sqlState, String message) {
        super(message, null, false, false);
        this.sqlState = sqlState;
    }

    static ThriftFailure of(EngineException e) {
        return new ThriftFailure(e.sqlState(), e.getMessage());
    }

    static ThriftFailure invalidSession(String id) {
        return new ThriftFailure(null, "Invalid SessionHandle: SessionHandle [" + id + "]");
    }

    static ThriftFailure invalidOperation(String id) {
        return new ThriftFailure(
                null,
                "Invalid OperationHandle: OperationHandle [opType=EXECUTE_STATEMENT, getHandleIdentifier()=" + id
                        + "]");
    }

    static ThriftFailure invalid(String message) {
        return new ThriftFailure("22023", message);
    }

    /** How a failed statement's message looks in a status, whatever its display message is. */
    static String serverMessage(String message) {
        return EXCEPTION + ": Error running query: " + message;
    }

    TStatus status() {
        return new TStatus(TStatusCode.ERROR_STATUS)
                .setErrorMessage(getMessage())
                .setDisplayMessage(getMessage())
                .setInfoMessages(List.of("*" + EXCEPTION + ":" + getMessage()))
                .setErrorCode(0)
                .setSqlState(sqlState);
    }

    static TStatus success() {
        return new TStatus(TStatusCode.SUCCESS_STATUS);
    }
}
