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
package io.cameldatabricks.testinfra.server.fault;

import io.cameldatabricks.testinfra.fault.CallKind;

/**
 * What faults need to know of a call, whatever its protocol. Immutable.
 *
 * @param sessionId the session that it uses, or null
 * @param sql the text of the statement that it brings or is about, or null
 * @param path the path of the file or directory that it is about, or null
 */
public record FaultTarget(CallKind kind, String sessionId, String sql, String path) {

    /** A call that is about no statement. */
    public static FaultTarget of(CallKind kind) {
        return new FaultTarget(kind, null, null, null);
    }

    /** A call that is about a session or a statement. */
    public static FaultTarget of(CallKind kind, String sessionId, String sql) {
        return new FaultTarget(kind, sessionId, sql, null);
    }

    /** A call that is about a file or a directory of a volume. */
    public static FaultTarget ofFile(CallKind kind, String path) {
        return new FaultTarget(kind, null, null, path);
    }

    /** Statements may hold anything; they are not for logs. */
    @Override
    public String toString() {
        return "FaultTarget[" + kind + "]";
    }
}
