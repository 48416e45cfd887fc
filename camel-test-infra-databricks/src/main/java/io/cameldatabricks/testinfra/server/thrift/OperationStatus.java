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

import java.time.Instant;

import com.databricks.jdbc.model.client.thrift.generated.TGetOperationStatusResp;
import com.databricks.jdbc.model.client.thrift.generated.TOperationState;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.model.ServerStatement;
import io.cameldatabricks.testinfra.server.model.StatementState;

/** The state of a statement as Thrift tells it. */
final class OperationStatus {

    private OperationStatus() {}

    /** The call succeeds whatever became of the statement; a failed one has its error beside its state. */
    static TGetOperationStatusResp of(ServerStatement statement) {
        ServerStatement.Snapshot snapshot = statement.snapshot();
        TGetOperationStatusResp response = new TGetOperationStatusResp(ThriftFailure.success())
                .setOperationState(state(snapshot))
                .setOperationStarted(millis(snapshot.started()))
                .setOperationCompleted(millis(snapshot.finished()))
                .setHasResultSet(true);
        EngineException error = snapshot.error();
        if (error != null) {
            response.setErrorMessage(ThriftFailure.serverMessage(error.getMessage()))
                    .setDisplayMessage(error.getMessage())
                    .setErrorCode(0);
            if (error.sqlState() != null) {
                response.setSqlState(error.sqlState());
            }
        }
        return response;
    }

    private static TOperationState state(ServerStatement.Snapshot snapshot) {
        return switch (snapshot.state()) {
            case PENDING -> TOperationState.PENDING_STATE;
            case RUNNING -> TOperationState.RUNNING_STATE;
            case SUCCEEDED -> TOperationState.FINISHED_STATE;
            case CANCELED -> TOperationState.CANCELED_STATE;
            case CLOSED -> TOperationState.CLOSED_STATE;
            case FAILED -> timedOut(snapshot) ? TOperationState.TIMEDOUT_STATE : TOperationState.ERROR_STATE;
        };
    }

    private static boolean timedOut(ServerStatement.Snapshot snapshot) {
        return snapshot.error() != null && "57KD0".equals(snapshot.error().sqlState());
    }

    /** What a fetch says that came too early or too late. */
    static ThriftFailure noResult(StatementState state) {
        return new ThriftFailure("HY010", "Expected state FINISHED, but found " + state + ".");
    }

    private static long millis(Instant time) {
        return time == null ? 0 : time.toEpochMilli();
    }
}
