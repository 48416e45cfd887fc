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
package io.cameldatabricks.component.statement;

/**
 * What the server says about a statement; we only read it. {@code CLOSED} is a success: the statement ended well and its
 * result has been released.
 */
public enum StatementState {
    PENDING,
    RUNNING,
    SUCCEEDED,
    CLOSED,
    FAILED,
    CANCELED;

    /**
     * @param word the state as the server writes it
     * @throws UnknownStatementStateException if it is none of the six: never taken for "running"
     */
    public static StatementState of(String word) {
        for (StatementState state : values()) {
            if (state.name().equals(word)) {
                return state;
            }
        }
        throw new UnknownStatementStateException(word);
    }

    /** Whether the statement has ended and will not change again, except from SUCCEEDED to CLOSED. */
    public boolean isTerminal() {
        return switch (this) {
            case PENDING, RUNNING -> false;
            case SUCCEEDED, CLOSED, FAILED, CANCELED -> true;
        };
    }

    /** Whether the statement did what it was asked to do. */
    public boolean isSuccess() {
        return this == SUCCEEDED || this == CLOSED;
    }

    /** Whether the server may still hold rows of it. */
    public boolean hasResult() {
        return this == SUCCEEDED;
    }
}
