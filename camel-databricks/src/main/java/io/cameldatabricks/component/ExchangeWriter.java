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

import java.io.File;
import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.cameldatabricks.component.body.FileBody;
import io.cameldatabricks.component.body.ResultBody;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.execute.StatementResult;
import io.cameldatabricks.component.ingest.IngestReport;
import io.cameldatabricks.component.ingest.LoadReport;
import io.cameldatabricks.component.sql.RowChanges;
import io.cameldatabricks.component.statement.StatementFailure;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.track.Submitted;
import io.cameldatabricks.component.volume.VolumeEntry;
import io.cameldatabricks.component.volume.VolumePath;

/** Writes results and failures into messages; the only class that writes headers and bodies. Stateless. */
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
        USED_UP.forEach(message::removeHeader);
        OUTCOME.forEach(message::removeHeader);
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

    /** The rows of the message were written: how many becomes the body, or the header that is asked for. */
    static void writeRows(Exchange exchange, ResultSettings settings, IngestReport report) {
        Message message = exchange.getMessage();
        USED_UP.forEach(message::removeHeader);
        OUTCOME.forEach(message::removeHeader);
        set(message, DatabricksConstants.STATEMENT_ID, report.statementId());
        set(message, DatabricksConstants.STATE, "SUCCEEDED");
        writeReport(message, report);
        writeValue(exchange, settings, report.rowsWritten());
    }

    /** What the message brought is loaded: as {@link #writeRows}, and where the file is. */
    static void writeLoaded(Exchange exchange, ResultSettings settings, LoadReport report) {
        writeRows(exchange, settings, report.rows());
        set(exchange.getMessage(), DatabricksConstants.VOLUME_PATH, report.file());
        set(exchange.getMessage(), DatabricksConstants.ALREADY_LOADED, report.alreadyLoaded());
    }

    /** The body was uploaded, and stays. */
    static void writeUploaded(Exchange exchange, VolumePath file) {
        clear(exchange);
        set(exchange.getMessage(), DatabricksConstants.VOLUME_PATH, file.toString());
    }

    /** The file becomes the body, or the header that is asked for, as a stream that ends with the exchange. */
    static void writeStream(Exchange exchange, ResultSettings settings, FileBody stream, VolumePath file) {
        clear(exchange);
        stream.closeWith(exchange);
        exchange.getMessage().setHeader(Exchange.FILE_NAME, file.name());
        if (stream.length() >= 0) {
            exchange.getMessage().setHeader(Exchange.FILE_LENGTH, stream.length());
        }
        writeValue(exchange, settings, stream);
    }

    /** The file was put on this machine. */
    static void writeFile(Exchange exchange, ResultSettings settings, File local, VolumePath file) {
        clear(exchange);
        exchange.getMessage().setHeader(Exchange.FILE_NAME, file.name());
        exchange.getMessage().setHeader(Exchange.FILE_LENGTH, local.length());
        writeValue(exchange, settings, local);
    }

    /** A directory was listed. */
    static void writeList(Exchange exchange, ResultSettings settings, List<VolumeEntry> entries) {
        clear(exchange);
        set(exchange.getMessage(), DatabricksConstants.ROW_COUNT, entries.size());
        writeValue(exchange, settings, entries);
    }

    /** Something was done to a place in a Volume. */
    static void writeVolumeResult(Exchange exchange, ResultSettings settings, Object value) {
        clear(exchange);
        writeValue(exchange, settings, value);
    }

    private static void clear(Exchange exchange) {
        USED_UP.forEach(exchange.getMessage()::removeHeader);
        OUTCOME.forEach(exchange.getMessage()::removeHeader);
        exchange.getMessage().removeHeader(DatabricksConstants.VOLUME_PATH);
    }

    private static void writeValue(Exchange exchange, ResultSettings settings, Object value) {
        if (settings.outputHeader() != null) {
            exchange.getMessage().setHeader(settings.outputHeader(), value);
        } else if (!settings.noop()) {
            exchange.getMessage().setBody(value);
        }
    }

    /** Not all rows of the message were written: as {@link #writeFailure}, with what was written before. */
    static void writeRowsFailure(Exchange exchange, IngestReport report, Throwable failure) {
        writeFailure(exchange, failure);
        writeReport(exchange.getMessage(), report);
    }

    private static void writeReport(Message message, IngestReport report) {
        set(message, DatabricksConstants.UPDATE_COUNT, report.rowsWritten());
        writeChanges(message, report.changes());
        // of a file that was given nobody counts the rows before
        set(
                message,
                DatabricksConstants.ROW_COUNT,
                report.rowsRead() < 0 ? null : (int) Math.min(Integer.MAX_VALUE, report.rowsRead()));
        set(message, DatabricksConstants.BAD_ROWS, report.badRows().isEmpty() ? null : report.badRows());
    }

    private static void writeChanges(Message message, RowChanges changes) {
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
        USED_UP.forEach(message::removeHeader);
        OUTCOME.forEach(message::removeHeader);
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
        USED_UP.forEach(message::removeHeader);
        OUTCOME.forEach(message::removeHeader);
        set(message, DatabricksConstants.HANDLE, reference);
        set(message, DatabricksConstants.STATEMENT_ID, reference.id().publicPart());
        writeState(message, status);
        message.setBody(status);
    }

    /** The result of a statement was released: the body stays. */
    static void writeClosed(Exchange exchange, StatementReference reference) {
        Message message = exchange.getMessage();
        USED_UP.forEach(message::removeHeader);
        OUTCOME.forEach(message::removeHeader);
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

    private static void set(Message message, String header, Object value) {
        if (value != null) {
            message.setHeader(header, value);
        }
    }
}
