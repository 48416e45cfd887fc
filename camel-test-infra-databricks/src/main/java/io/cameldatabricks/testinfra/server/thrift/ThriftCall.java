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

import java.util.regex.Pattern;

import com.databricks.internal.apache.thrift.TBase;
import com.databricks.internal.apache.thrift.TFieldIdEnum;
import com.databricks.jdbc.model.client.thrift.generated.TExecuteStatementReq;
import com.databricks.jdbc.model.client.thrift.generated.THandleIdentifier;
import com.databricks.jdbc.model.client.thrift.generated.TOperationHandle;
import com.databricks.jdbc.model.client.thrift.generated.TSessionHandle;

import io.cameldatabricks.testinfra.fault.CallKind;

/** A call that has been read, as far as others than the service have to know about it. */
public final class ThriftCall {

    private static final Pattern SECRET = Pattern.compile("secret:[0-9A-F ]+");

    private final ThriftMessage message;

    private ThriftCall(ThriftMessage message) {
        this.message = message;
    }

    /** @throws IllegalArgumentException when the bytes are not a call in the binary protocol */
    public static ThriftCall read(byte[] bytes) {
        return new ThriftCall(ThriftMessage.read(bytes));
    }

    ThriftMessage message() {
        return message;
    }

    /** What the call is for. */
    public CallKind kind() {
        return switch (message.method()) {
            case "OpenSession" -> CallKind.OPEN_SESSION;
            case "CloseSession" -> CallKind.CLOSE_SESSION;
            case "ExecuteStatement" -> CallKind.SUBMIT;
            case "GetOperationStatus" -> CallKind.STATUS;
            case "CancelOperation" -> CallKind.CANCEL;
            case "CloseOperation" -> CallKind.CLOSE;
            case "GetResultSetMetadata", "FetchResults" -> CallKind.RESULT;
            default -> CallKind.OTHER;
        };
    }

    /** The text of the statement that it brings, or null. */
    public String statement() {
        return request() instanceof TExecuteStatementReq execute ? execute.getStatement() : null;
    }

    /** The id of the session that it names, whether there is one or not, or null. */
    public String sessionId() {
        return field("sessionHandle") instanceof TSessionHandle handle ? id(handle.getSessionId()) : null;
    }

    /** The id of the statement that it asks after, whether there is one or not, or null. */
    public String operationId() {
        return field("operationHandle") instanceof TOperationHandle handle ? id(handle.getOperationId()) : null;
    }

    private static String id(THandleIdentifier identifier) {
        return Handles.id(identifier);
    }

    private Object request() {
        return message.arguments() == null ? null : value(message.arguments(), 1);
    }

    private Object field(String name) {
        if (!(request() instanceof TBase<?, ?> request)) {
            return null;
        }
        for (int id = 1; id <= 2; id++) {
            TFieldIdEnum field = request.fieldForId(id);
            if (field != null && field.getFieldName().equals(name)) {
                return value(request, id);
            }
        }
        return null;
    }

    private static <B extends TBase<B, F>, F extends TFieldIdEnum> Object value(TBase<B, F> struct, int id) {
        return struct.getFieldValue(struct.fieldForId(id));
    }

    /** The method, the id of what it is about, and its request without secrets, for the log of requests. */
    public String text() {
        String about = operationId() != null ? operationId() : sessionId();
        return message.method() + (about == null ? "" : " " + about) + " "
                + SECRET.matcher(String.valueOf(request())).replaceAll("secret:***");
    }
}
