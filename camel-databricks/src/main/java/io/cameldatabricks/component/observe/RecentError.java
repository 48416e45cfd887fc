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
package io.cameldatabricks.component.observe;

import java.time.Instant;

import io.cameldatabricks.component.error.DatabricksException;

/**
 * A failure as it may be shown to anybody: without SQL text, values and credentials. Immutable.
 *
 * @param at when it was told
 * @param where an endpoint, a pool or a workspace
 * @param what failed
 * @param error simple name of the exception
 * @param message of one of ours, which are made to be shown; null for any other, of which nobody knows what it holds
 * @param statementId null when it is not known
 * @param sqlState null when it is not known
 * @param errorCode null when it is not known
 */
public record RecentError(
        Instant at,
        String where,
        String what,
        String error,
        String message,
        String statementId,
        String sqlState,
        String errorCode) {

    static RecentError of(Instant at, String where, String what, Throwable failure) {
        String error = failure.getClass().getSimpleName();
        return failure instanceof DatabricksException known
                ? new RecentError(
                        at,
                        where,
                        what,
                        error,
                        known.getMessage(),
                        known.getStatementId(),
                        known.getSqlState(),
                        known.getErrorCode())
                : new RecentError(at, where, what, error, null, null, null, null);
    }
}
