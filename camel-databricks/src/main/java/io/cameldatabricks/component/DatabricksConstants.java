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
package io.cameldatabricks.component;

import org.apache.camel.spi.Metadata;

/** Names of the headers. */
public final class DatabricksConstants {

    @Metadata(
            label = "producer",
            description =
                    "SQL text to run in place of the endpoint's own, or a List of statements; refused unless allowDynamicQuery=true. It is"
                            + " removed when the statement has succeeded.",
            javaType = "String")
    public static final String QUERY = "CamelDatabricksQuery";

    @Metadata(
            label = "producer",
            description = "The operation to perform in place of the endpoint's own; refused unless"
                    + " allowDynamicOperation=true. It is removed when the operation has succeeded.",
            javaType = "io.cameldatabricks.component.DatabricksOperation")
    public static final String OPERATION = "CamelDatabricksOperation";

    @Metadata(
            label = "producer",
            description =
                    "The parameters of the statement: a Map for :name markers or a List for question marks. Every entry"
                            + " must be used by the statement. It is removed when the statement has succeeded.",
            javaType = "Object")
    public static final String PARAMETERS = "CamelDatabricksParameters";

    @Metadata(
            label = "producer",
            description = "The server stops after as many rows; in place of the endpoint's rowLimit. It is removed when"
                    + " the statement has succeeded.",
            javaType = "Integer")
    public static final String ROW_LIMIT = "CamelDatabricksRowLimit";

    @Metadata(
            label = "producer",
            description =
                    "Query tags, beside those of the endpoint: a Map, or text such as team=blue,cost=42. It is removed"
                            + " when the statement has succeeded.",
            javaType = "Object")
    public static final String QUERY_TAGS = "CamelDatabricksQueryTags";

    @Metadata(
            label = "producer",
            description =
                    "The table that INSERT, MERGE and LOAD write into, in place of the endpoint's own; refused unless"
                            + " allowDynamicTable=true. It is removed when the rows are written.",
            javaType = "String")
    public static final String TABLE = "CamelDatabricksTable";

    @Metadata(
            label = "producer",
            description =
                    "The rows that INSERT, MERGE and LOAD left out, with the number in the message and the reason of"
                            + " each, and with onBadRow=DEAD_LETTER the row itself.",
            javaType = "java.util.List<io.cameldatabricks.component.ingest.BadRow>")
    public static final String BAD_ROWS = "CamelDatabricksBadRows";

    @Metadata(
            label = "producer",
            description = "The file or directory of a Volume that UPLOAD, DOWNLOAD, DELETE and LIST are about, below"
                    + " volumePath and nowhere else; after UPLOAD and LOAD, where the file is.",
            javaType = "String")
    public static final String VOLUME_PATH = "CamelDatabricksVolumePath";

    @Metadata(
            label = "producer",
            description =
                    "What tells a message from others for LOAD, such as its id at the broker: a message with a key"
                            + " that was loaded before loads nothing. Without it what the message holds is its key; with INSERT"
                            + " above loadThreshold each message without it is a new one. It is removed when the rows are loaded.",
            javaType = "String")
    public static final String LOAD_KEY = "CamelDatabricksLoadKey";

    @Metadata(
            label = "producer",
            description = "Whether LOAD found that the rows are in the table already: from an earlier delivery of the"
                    + " message, or from a statement whose answer was lost. Of a file without rows it is true as well.",
            javaType = "Boolean")
    public static final String ALREADY_LOADED = "CamelDatabricksAlreadyLoaded";

    @Metadata(
            description =
                    "The handle of a submitted statement. STATUS, RESULT, CANCEL and CLOSE take it from here, as a value or"
                            + " as its text, unless the body is a handle.",
            javaType = "io.cameldatabricks.component.statement.StatementReference")
    public static final String HANDLE = "CamelDatabricksHandle";

    @Metadata(
            description = "What you call the statement: given to SUBMIT, it comes back with the result.",
            javaType = "String")
    public static final String CORRELATION_ID = "CamelDatabricksCorrelationId";

    @Metadata(description = "When the server took the submitted statement.", javaType = "java.time.Instant")
    public static final String SUBMITTED_AT = "CamelDatabricksSubmittedAt";

    @Metadata(
            label = "consumer",
            description = "When the statement ended: by the server's clock if it told, else when that was seen.",
            javaType = "java.time.Instant")
    public static final String COMPLETED_AT = "CamelDatabricksCompletedAt";

    @Metadata(
            label = "consumer",
            description = "Until when the rows can be read on the server, for a statement that succeeded.",
            javaType = "java.time.Instant")
    public static final String RESULT_EXPIRES_AT = "CamelDatabricksResultExpiresAt";

    @Metadata(
            label = "consumer",
            description = "How often the result was delivered, this time included; more than 1 for a redelivery.",
            javaType = "Integer")
    public static final String DELIVERY_COUNT = "CamelDatabricksDeliveryCount";

    @Metadata(description = "The id of the statement in the query history.", javaType = "String")
    public static final String STATEMENT_ID = "CamelDatabricksStatementId";

    @Metadata(
            description = "The last state of the statement that was observed: SUCCEEDED, FAILED, CANCELED or CLOSED.",
            javaType = "String")
    public static final String STATE = "CamelDatabricksState";

    @Metadata(
            description =
                    "The number of rows read, for a statement with rows; with INSERT, MERGE and LOAD the number of rows that the message had; with LIST the number of entries.",
            javaType = "Integer")
    public static final String ROW_COUNT = "CamelDatabricksRowCount";

    @Metadata(
            description = "The number of rows written, for statements without rows; of all statements of a script or a"
                    + " batch. The body stays as it was when the last statement has no rows.",
            javaType = "Long")
    public static final String UPDATE_COUNT = "CamelDatabricksUpdateCount";

    @Metadata(
            description =
                    "The number of rows inserted by MERGE, the operation or the statement, as the server reported it.",
            javaType = "Long")
    public static final String INSERTED_ROWS = "CamelDatabricksInsertedRows";

    @Metadata(
            description =
                    "The number of rows updated by MERGE, the operation or the statement, as the server reported it.",
            javaType = "Long")
    public static final String UPDATED_ROWS = "CamelDatabricksUpdatedRows";

    @Metadata(
            description =
                    "The number of rows deleted by MERGE, the operation or the statement, as the server reported it.",
            javaType = "Long")
    public static final String DELETED_ROWS = "CamelDatabricksDeletedRows";

    @Metadata(description = "The names of the columns, for a statement with rows.", javaType = "java.util.List")
    public static final String COLUMN_NAMES = "CamelDatabricksColumnNames";

    @Metadata(description = "Whether a limit cut the rows, for a statement with rows.", javaType = "Boolean")
    public static final String TRUNCATED = "CamelDatabricksTruncated";

    @Metadata(description = "The SQLSTATE of a statement that failed.", javaType = "String")
    public static final String SQL_STATE = "CamelDatabricksSqlState";

    @Metadata(
            description = "The error class of a statement that failed, such as TABLE_OR_VIEW_NOT_FOUND.",
            javaType = "String")
    public static final String ERROR_CODE = "CamelDatabricksErrorCode";

    @Metadata(
            description = "Why a statement failed, without SQL text and without values of parameters.",
            javaType = "String")
    public static final String ERROR_MESSAGE = "CamelDatabricksErrorMessage";

    private DatabricksConstants() {}
}
