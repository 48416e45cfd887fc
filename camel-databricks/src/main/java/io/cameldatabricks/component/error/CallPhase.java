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
package io.cameldatabricks.component.error;

/** Where a call failed, which decides whether the statement may have run. */
public enum CallPhase {
    /** Before the statement was sent. */
    CONNECT,
    /** The call that submits a statement without a session, and returns at once. */
    SUBMIT,
    /** From the first byte of the statement, in a session, to the server's word that it ended. */
    EXECUTE,
    /** The statement succeeded, its rows are being read. */
    FETCH,
    /** A question about a statement, or an order to it, that may be put again. */
    ASK;

    /** Whether the statement may have a result by now. */
    boolean hasResult() {
        return this == FETCH || this == ASK;
    }
}
