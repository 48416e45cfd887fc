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

import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.cameldatabricks.component.body.ResultBody;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.execute.StatementResult;
import io.cameldatabricks.component.sql.RowChanges;
import io.cameldatabricks.component.statement.StatementFailure;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.track.Submitted;

/**
 * Writes results and failures into messages; {@link IngestWriter} writes what became of rows and files. No other class writes
 * headers and bodies. Stateless.
 */
final class ExchangeWriter {

    /** They speak of one statement; left in place they would reach the next one. */
    private static final List<String> USED_UP = List.of(
            DatabricksConstants.QUERY,
            DatabricksConstants.OPERATION,
            DatabricksConstants.PARAMETERS,
            DatabricksConstants.ROW_LIMIT,
            DatabricksConstants.QUERY_TAGS,
            DatabricksConstants.TABLE,
            DatabricksConstants.LOAD_KEY);

    private static final List<String> OUTCOME = List.of(
            DatabricksConstants.STATEMENT_ID,
            DatabricksConstants.STATE,
            DatabricksConstants.ROW_COUNT,
            DatabricksConstants.UPDATE_COUNT,
            DatabricksConstants.INSERTED_ROWS,
            DatabricksConstants.UPDATED_ROWS,
            DatabricksConstants.DELETED_ROWS,
            DatabricksConstants.COLUMN_NAMES,
            DatabricksConstants.TRUNCATED,
            DatabricksConstants.SQL_STATE,
            DatabricksConstants.ERROR_CODE,
            DatabricksConstants.ERROR_MESSAGE,
            DatabricksConstants.BAD_ROWS,
            DatabricksConstants.ALREADY_LOADED);

    private ExchangeWriter() {}

    /**
     * The statement succeeded: rows become the body, or the header that is asked for; without rows the body stays. A stream
     * of rows is closed when the exchange is done, or at once when this fails.
     */
    static void write(Exchange exchange, ResultSettings settings, StatementResult result) {
        Message message = exchange.getMessage();
        clear(message);
        set(message, DatabricksConstants.STATEMENT_ID, result.statementId());
        set(message, DatabricksConstants.STATE, "SUCCEEDED");
        if (!result.hasRows() || result.updateCount() > 0) {
            set(message, DatabricksConstants.UPDATE_COUNT, result.updateCount());
            writeChanges(message, result.changes());
        }
        if (!result.hasRows()) {
            return;
        }
        set(message, DatabricksConstants.COLUMN_NAMES, result.columnNames());
        set(message, DatabricksConstants.TRUNCATED, result.truncated());
        if (settings.noop()) {
            return;
        }
        if (result.rows() != null) {
            set(message, DatabricksConstants.ROW_COUNT, result.rows().size());
        }
        boolean written = false;
        try {
            Object rows = ResultBody.of(exchange, settings, result);
            if (settings.outputHeader() == null) {
                message.setBody(rows);
            } else {
                message.setHeader(settings.outputHeader(), rows);
            }
            written = true;
        } finally {
            if (!written) {
                result.close();
            }
        }
    }

    /** Removes what asked for one statement, and what is left of the outcome of another. */
    static void clear(Message message) {
        USED_UP.forEach(message::removeHeader);
        OUTCOME.forEach(message::removeHeader);
    }

    static void writeChanges(Message message, RowChanges changes) {
        if (changes != null) {
            set(message, DatabricksConstants.INSERTED_ROWS, changes.inserted());
            set(message, DatabricksConstants.UPDATED_ROWS, changes.updated());
            set(message, DatabricksConstants.DELETED_ROWS, changes.deleted());
        }
    }

    /** The result of a handle was read: as {@link #write}, and the handle stays known. */
    static void writeResult(
            Exchange exchange, ResultSettings settings, StatementReference reference, StatementResult result) {
        write(exchange, settings, result);
        set(exchange.getMessage(), DatabricksConstants.HANDLE, reference);
        set(
                exchange.getMessage(),
                DatabricksConstants.STATEMENT_ID,
                reference.id().publicPart());
    }

    /** The statement was submitted: the handle becomes the body. */
    static void writeSubmitted(Exchange exchange, Submitted submitted) {
        Message message = exchange.getMessage();
        clear(message);
        StatementHandle handle = submitted.handle();
        StatementReference reference = handle.reference().orElseThrow();
        set(message, DatabricksConstants.HANDLE, reference);
        set(message, DatabricksConstants.STATEMENT_ID, reference.id().publicPart());
        set(message, DatabricksConstants.SUBMITTED_AT, handle.submittedAt());
        set(message, DatabricksConstants.CORRELATION_ID, handle.origin().correlationId());
        if (submitted.status() != null) {
            writeState(message, submitted.status());
        }
        message.setBody(reference);
    }

    /** The server was asked for a statement: its status becomes the body. */
    static void writeStatus(Exchange exchange, StatementReference reference, StatementStatus status) {
        Message message = exchange.getMessage();
        clear(message);
        set(message, DatabricksConstants.HANDLE, reference);
        set(message, DatabricksConstants.STATEMENT_ID, reference.id().publicPart());
        writeState(message, status);
        message.setBody(status);
    }

    /** The result of a statement was released: the body stays. */
    static void writeClosed(Exchange exchange, StatementReference reference) {
        Message message = exchange.getMessage();
        clear(message);
        set(message, DatabricksConstants.HANDLE, reference);
        set(message, DatabricksConstants.STATEMENT_ID, reference.id().publicPart());
        set(message, DatabricksConstants.STATE, StatementState.CLOSED.name());
    }

    /** The statement was left running: its handle becomes a header, for operations that ask for its end. */
    static void writeDetached(Exchange exchange, StatementReference reference) {
        set(exchange.getMessage(), DatabricksConstants.HANDLE, reference);
    }

    /** A handle is delivered: what is known of it, after its result or its failure was written. */
    static void writeDelivery(Exchange exchange, StatementHandle handle) {
        Message message = exchange.getMessage();
        handle.origin().headers().asMap().forEach(message::setHeader);
        set(message, DatabricksConstants.HANDLE, handle.reference().orElse(null));
        set(
                message,
                DatabricksConstants.STATEMENT_ID,
                handle.reference().map(reference -> reference.id().publicPart()).orElse(null));
        set(
                message,
                DatabricksConstants.STATE,
                handle.status() == null ? null : handle.status().state().name());
        set(message, DatabricksConstants.SUBMITTED_AT, handle.submittedAt());
        set(message, DatabricksConstants.COMPLETED_AT, handle.completedAt());
        set(message, DatabricksConstants.RESULT_EXPIRES_AT, handle.deadlines().resultExpiresAt());
        set(message, DatabricksConstants.DELIVERY_COUNT, handle.delivery().count());
        set(message, DatabricksConstants.CORRELATION_ID, handle.origin().correlationId());
    }

    private static void writeState(Message message, StatementStatus status) {
        set(message, DatabricksConstants.STATE, status.state().name());
        StatementFailure failure = status.failure();
        if (failure != null) {
            set(message, DatabricksConstants.SQL_STATE, failure.sqlState());
            set(message, DatabricksConstants.ERROR_CODE, failure.errorCode());
            set(message, DatabricksConstants.ERROR_MESSAGE, failure.message());
        }
    }

    /** The statement failed: the body and the headers that asked for it stay, so that it can be tried again. */
    static void writeFailure(Exchange exchange, Throwable failure) {
        Message message = exchange.getMessage();
        OUTCOME.forEach(message::removeHeader);
        if (failure instanceof DatabricksException known) {
            set(message, DatabricksConstants.STATEMENT_ID, known.getStatementId());
            set(message, DatabricksConstants.STATE, known.getState());
            set(message, DatabricksConstants.SQL_STATE, known.getSqlState());
            set(message, DatabricksConstants.ERROR_CODE, known.getErrorCode());
            set(message, DatabricksConstants.ERROR_MESSAGE, known.getMessage());
        }
        exchange.setException(failure);
    }

    static void set(Message message, String header, Object value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
