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

/**
 * What the warehouse said about a failure. Immutable; every part may be null when it is not known.
 *
 * @param statementId the id of the statement, as Databricks names it in its query history
 * @param state the last state of the statement that was observed: FAILED, CANCELED, CLOSED
 * @param sqlState the five characters of the SQL standard
 * @param errorCode the error class of the server, such as TABLE_OR_VIEW_NOT_FOUND
 * @param httpStatus the status of the HTTP answer
 */
public record ErrorDetails(String statementId, String state, String sqlState, String errorCode, Integer httpStatus) {

    private static final ErrorDetails NONE = new ErrorDetails(null, null, null, null, null);

    /** Nothing is known. */
    public static ErrorDetails none() {
        return NONE;
    }

    /** What a failure says, for another exception that stands for it. */
    public static ErrorDetails of(DatabricksException failure) {
        return new ErrorDetails(
                failure.getStatementId(),
                failure.getState(),
                failure.getSqlState(),
                failure.getErrorCode(),
                failure.getHttpStatus());
    }
}
