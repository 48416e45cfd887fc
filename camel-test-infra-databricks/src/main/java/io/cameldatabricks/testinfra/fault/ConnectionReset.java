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

/** The connection is reset (TCP RST) during a call. */
public final class ConnectionReset extends CallFault<ConnectionReset> {

    private ConnectionReset(CallKind... kinds) {
        super(kinds);
        set("cut", CutPoint.UNEXECUTED.name());
    }

    /** While the client asks how its statement is. */
    public static ConnectionReset duringStatus() {
        return new ConnectionReset(CallKind.STATUS);
    }

    /** While the client fetches rows: a chunk, or what a link leads to. */
    public static ConnectionReset duringDownload() {
        return new ConnectionReset(CallKind.RESULT, CallKind.DOWNLOAD);
    }

    /** While the client puts a file into a volume. */
    public static ConnectionReset duringUpload() {
        return new ConnectionReset(CallKind.UPLOAD_FILE);
    }

    /** While the client opens or closes a session. */
    public static ConnectionReset duringSession() {
        return new ConnectionReset(CallKind.OPEN_SESSION, CallKind.CLOSE_SESSION);
    }

    public static ConnectionReset during(CallKind... kinds) {
        return new ConnectionReset(CallKind.OTHER).kinds(kinds);
    }

    /** Instead of before the call is carried out. The half answer ends without a reset, which would overtake it. */
    public ConnectionReset at(CutPoint point) {
        set("cut", point.name());
        return this;
    }
}
