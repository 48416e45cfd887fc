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
package io.cameldatabricks.component.client.sea;

import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.cameldatabricks.component.client.ResultColumn;
import io.cameldatabricks.component.client.ResultLink;
import io.cameldatabricks.component.client.ResultSummary;
import io.cameldatabricks.component.client.StatementErrors;
import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.ResultExpiredException;
import io.cameldatabricks.component.error.ServerMessage;
import io.cameldatabricks.component.statement.ResultSize;
import io.cameldatabricks.component.statement.StatementFailure;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;

/** Answers of the Statement Execution API as values, whoever carried them: HTTP of our own or that of the JDBC driver. */
public final class SeaResponses {

    private SeaResponses() {}

    /** The id in the answer to a submit: once it is there, the statement is. */
    static StatementId submittedId(JsonNode answer) {
        try {
            return StatementId.of(answer.path("statement_id").textValue());
        } catch (IllegalArgumentException e) {
            throw SeaErrors.unreadable("it names no statement", CallPhase.SUBMIT, null);
        }
    }

    /**
     * @param answer to a question about {@code id}
     * @throws io.cameldatabricks.component.statement.UnknownStatementStateException for a state that we do not know
     */
    public static StatementStatus status(JsonNode answer, StatementId id, Instant observedAt) {
        String answered = answer.path("statement_id").textValue();
        if (answered != null && !answered.equals(id.reveal())) {
            throw SeaErrors.unreadable("it is about another statement", CallPhase.ASK, id);
        }
        JsonNode status = answer.path("status");
        if (!status.isObject()) {
            throw SeaErrors.unreadable("it has no status", CallPhase.ASK, id);
        }
        StatementState state = StatementState.of(status.path("state").textValue());
        boolean failed = state == StatementState.FAILED || state == StatementState.CANCELED;
        StatementFailure failure = failed ? failure(status) : null;
        ResultSize size = state == StatementState.SUCCEEDED ? size(answer.path("manifest")) : null;
        return new StatementStatus(id, state, failure, observedAt, null, size);
    }

    private static ResultSize size(JsonNode manifest) {
        JsonNode rows = manifest.path("total_row_count");
        JsonNode bytes = manifest.path("total_byte_count");
        return rows.isNumber() && bytes.isNumber() ? new ResultSize(rows.asLong(), bytes.asLong()) : null;
    }

    private static StatementFailure failure(JsonNode status) {
        JsonNode error = status.path("error");
        ServerMessage said = ServerMessage.parse(error.path("message").textValue(), null);
        String sqlState = status.path("sql_state").textValue();
        String code = said.errorClass() != null
                ? said.errorClass()
                : error.path("error_code").textValue();
        boolean nothing = !error.isObject() && sqlState == null;
        String shown = said.toString();
        return nothing
                ? null
                : new StatementFailure(
                        code, sqlState != null ? sqlState : said.sqlState(), shown.isEmpty() ? null : shown);
    }

    /**
     * @param answer to a question about {@code id}, or null when the server does not know the statement
     * @throws ResultExpiredException when the rows are gone
     * @throws io.cameldatabricks.component.error.DatabricksException when the statement did not succeed
     */
    public static ResultSummary summary(JsonNode answer, StatementId id, Instant observedAt) {
        if (answer == null) {
            throw new ResultExpiredException(
                    "The server does not know the statement any more",
                    new ErrorDetails(id.publicPart(), null, null, null, 404),
                    null);
        }
        StatementStatus status = status(answer, id, observedAt);
        StatementErrors.requireRows(status);
        return result(answer, status);
    }

    /** @param status that was read from the same answer, SUCCEEDED */
    private static ResultSummary result(JsonNode answer, StatementStatus status) {
        JsonNode manifest = answer.path("manifest");
        if (!manifest.isObject()) {
            throw SeaErrors.unreadable("it has no manifest", CallPhase.ASK, status.id());
        }
        List<ResultColumn> columns = new ArrayList<>();
        for (JsonNode column : manifest.path("schema").path("columns")) {
            columns.add(new ResultColumn(
                    column.path("name").asText(), column.path("type_text").asText()));
        }
        JsonNode result = answer.path("result");
        return new ResultSummary(
                status,
                columns,
                manifest.path("total_row_count").asLong(),
                manifest.path("total_chunk_count").asLong(),
                manifest.path("truncated").asBoolean(),
                rows(result.path("data_array")),
                links(result.path("external_links"), status.id()));
    }

    private static List<List<String>> rows(JsonNode data) {
        List<List<String>> rows = new ArrayList<>(data.size());
        for (JsonNode row : data) {
            List<String> cells = new ArrayList<>(row.size());
            row.forEach(cell -> cells.add(cell.isNull() ? null : cell.asText()));
            rows.add(cells);
        }
        return rows;
    }

    private static List<ResultLink> links(JsonNode links, StatementId id) {
        List<ResultLink> all = new ArrayList<>(links.size());
        for (JsonNode link : links) {
            Map<String, String> headers = new LinkedHashMap<>();
            link.path("http_headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
            try {
                String expiration = link.path("expiration").textValue();
                all.add(new ResultLink(
                        URI.create(link.path("external_link").asText()),
                        expiration == null ? null : Instant.parse(expiration),
                        headers,
                        link.path("chunk_index").asLong(),
                        link.path("row_count").asLong()));
            } catch (DateTimeParseException | IllegalArgumentException e) {
                // their messages would show the link
                throw SeaErrors.unreadable("a link in it is damaged", CallPhase.ASK, id);
            }
        }
        return all;
    }
}
