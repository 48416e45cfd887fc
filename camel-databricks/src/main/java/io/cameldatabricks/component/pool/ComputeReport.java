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
package io.cameldatabricks.component.pool;

import java.util.Objects;

/**
 * What is known of what runs the statements, without having woken it. Immutable.
 *
 * @param answer whether the workspace could tell
 * @param state what that means for statements
 * @param word of the workspace, such as STOPPED; null if it told none
 * @param httpStatus of its answer; null if there was none
 * @param trouble class of the exception that kept it from being asked; null if none did
 */
public record ComputeReport(Answer answer, ComputeState state, String word, Integer httpStatus, String trouble) {

    /** Whether the workspace could tell. */
    public enum Answer {
        /** It told the state. */
        TOLD,
        /** It did not tell: see the HTTP status. */
        REFUSED,
        /** It could not be asked: no network, or nobody may log in. */
        OUT_OF_REACH,
        /** There is nobody to ask: a data source of the user, or a login that only the driver knows. */
        NOT_ASKED
    }

    public ComputeReport {
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(state, "state");
    }

    /** There is nobody to ask. */
    public static ComputeReport notAsked() {
        return new ComputeReport(Answer.NOT_ASKED, ComputeState.UNKNOWN, null, null, null);
    }

    static ComputeReport told(ComputeState state, String word) {
        return new ComputeReport(Answer.TOLD, state, word, 200, null);
    }

    static ComputeReport refused(int httpStatus) {
        return new ComputeReport(Answer.REFUSED, ComputeState.UNKNOWN, null, httpStatus, null);
    }

    static ComputeReport outOfReach(String trouble) {
        return new ComputeReport(Answer.OUT_OF_REACH, ComputeState.UNKNOWN, null, null, trouble);
    }
}
