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
import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.ingest.IngestReport;
import io.cameldatabricks.component.ingest.LoadReport;
import io.cameldatabricks.component.volume.VolumeEntry;
import io.cameldatabricks.component.volume.VolumePath;

/** Writes into messages what became of the rows and files that they brought or asked for. Stateless. */
final class IngestWriter {

    private IngestWriter() {}

    /** The rows of the message were written: how many becomes the body, or the header that is asked for. */
    static void writeRows(Exchange exchange, ResultSettings settings, IngestReport report) {
        Message message = exchange.getMessage();
        ExchangeWriter.clear(message);
        ExchangeWriter.set(message, DatabricksConstants.STATEMENT_ID, report.statementId());
        ExchangeWriter.set(message, DatabricksConstants.STATE, "SUCCEEDED");
        writeReport(message, report);
        writeValue(exchange, settings, report.rowsWritten());
    }

    /** What the message brought is loaded: as {@link #writeRows}, and where the file is. */
    static void writeLoaded(Exchange exchange, ResultSettings settings, LoadReport report) {
        writeRows(exchange, settings, report.rows());
        ExchangeWriter.set(exchange.getMessage(), DatabricksConstants.VOLUME_PATH, report.file());
        ExchangeWriter.set(exchange.getMessage(), DatabricksConstants.ALREADY_LOADED, report.alreadyLoaded());
    }

    /** Not all rows of the message were written: as {@link ExchangeWriter#writeFailure}, with what was written before. */
    static void writeRowsFailure(Exchange exchange, IngestReport report, Throwable failure) {
        ExchangeWriter.writeFailure(exchange, failure);
        writeReport(exchange.getMessage(), report);
    }

    /** The body was uploaded, and stays. */
    static void writeUploaded(Exchange exchange, VolumePath file) {
        clear(exchange);
        ExchangeWriter.set(exchange.getMessage(), DatabricksConstants.VOLUME_PATH, file.toString());
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
        ExchangeWriter.set(exchange.getMessage(), DatabricksConstants.ROW_COUNT, entries.size());
        writeValue(exchange, settings, entries);
    }

    /** Something was done to a place in a Volume. */
    static void writeVolumeResult(Exchange exchange, ResultSettings settings, Object value) {
        clear(exchange);
        writeValue(exchange, settings, value);
    }

    private static void clear(Exchange exchange) {
        ExchangeWriter.clear(exchange.getMessage());
        exchange.getMessage().removeHeader(DatabricksConstants.VOLUME_PATH);
    }

    private static void writeValue(Exchange exchange, ResultSettings settings, Object value) {
        if (settings.outputHeader() != null) {
            exchange.getMessage().setHeader(settings.outputHeader(), value);
        } else if (!settings.noop()) {
            exchange.getMessage().setBody(value);
        }
    }

    private static void writeReport(Message message, IngestReport report) {
        ExchangeWriter.set(message, DatabricksConstants.UPDATE_COUNT, report.rowsWritten());
        ExchangeWriter.writeChanges(message, report.changes());
        // of a file that was given nobody counts the rows before
        ExchangeWriter.set(
                message,
                DatabricksConstants.ROW_COUNT,
                report.rowsRead() < 0 ? null : (int) Math.min(Integer.MAX_VALUE, report.rowsRead()));
        ExchangeWriter.set(
                message, DatabricksConstants.BAD_ROWS, report.badRows().isEmpty() ? null : report.badRows());
    }
}
