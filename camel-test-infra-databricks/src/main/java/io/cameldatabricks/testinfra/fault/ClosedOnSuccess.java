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

/**
 * Statements that succeed are in state CLOSED from the first answer on that says so. CLOSED is success. Counts submits;
 * meets the Statement Execution API only.
 */
public final class ClosedOnSuccess extends CallFault<ClosedOnSuccess> {

    private ClosedOnSuccess(String result) {
        super(CallKind.SUBMIT);
        set("closed", result);
    }

    /**
     * The answer that says CLOSED has the rows, as those of the service to short statements have: one chunk in the answer.
     * A result of several chunks, or behind links, stays readable as usual.
     */
    public static ClosedOnSuccess withResult() {
        return new ClosedOnSuccess("WITH_RESULT");
    }

    /** The answer says CLOSED, and the rows are no longer available, as when somebody else has closed the statement. */
    public static ClosedOnSuccess withoutResult() {
        return new ClosedOnSuccess("WITHOUT_RESULT");
    }
}
