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
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.cameldatabricks.component.body.BegunBody;
import io.cameldatabricks.component.body.MessageContents;
import io.cameldatabricks.component.body.MessageRows;
import io.cameldatabricks.component.ingest.LoadKey;
import io.cameldatabricks.component.ingest.LoadSource;
import io.cameldatabricks.component.ingest.OnBadRow;
import io.cameldatabricks.component.ingest.RowSource;
import io.cameldatabricks.component.volume.Contents;
import io.cameldatabricks.component.volume.VolumeEntry;
import io.cameldatabricks.component.volume.VolumePath;

/**
 * Reads what a message brings for a table or a Volume: rows, files, and where they go. Everything is checked here, before
 * anything is sent. Safe for many threads.
 */
final class IngestReader {

    private final ExchangeReader statements;

    /** @param statements reads what concerns every statement */
    IngestReader(ExchangeReader statements) {
        this.statements = statements;
    }

    /**
     * The rows that the message asks to write.
     *
     * @throws IllegalArgumentException when it has none, or names a table where it may not
     */
    WriteRequest write(Exchange exchange, WriteSettings settings) {
        Message message = exchange.getMessage();
        return write(message, settings, MessageRows.of(message.getBody(), IngestReader::row), exchange);
    }

    private WriteRequest write(Message message, WriteSettings settings, RowSource rows, Exchange exchange) {
        return new WriteRequest(
                settings.table(message.getHeader(DatabricksConstants.TABLE, String.class)),
                rows,
                statements.limitsOfWrites(),
                statements.tags(exchange));
    }

    /**
     * What the message asks to load: bytes that are a file, or rows.
     *
     * @throws IllegalArgumentException when it has neither, or names a table where it may not
     */
    LoadRequest load(Exchange exchange, WriteSettings settings) {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        Optional<Contents> contents = MessageContents.of(body, exchange);
        RowSource rows = contents.isPresent() ? RowSource.of(List.of()) : MessageRows.of(body, IngestReader::row);
        if (contents.isPresent() && settings.rows().onBadRow() != OnBadRow.FAIL) {
            throw new IllegalArgumentException(
                    "The option onBadRow=" + settings.rows().onBadRow()
                            + " needs rows in the body, and it holds a file: send rows, or let the server leave out what it"
                            + " cannot read with formatOptions.mode=DROPMALFORMED.");
        }
        String fileName = message.getHeader(Exchange.FILE_NAME, String.class);
        return new LoadRequest(
                write(message, settings, rows, exchange),
                contents.<LoadSource>map(bytes ->
                                new LoadSource.File(bytes, fileName == null ? MessageContents.name(body) : fileName))
                        .orElseGet(() -> new LoadSource.Rows(rows)),
                loadKey(exchange).orElseGet(LoadKey::ofContents));
    }

    /** The key that the message gives for its load. */
    Optional<LoadKey> loadKey(Exchange exchange) {
        String key = exchange.getMessage().getHeader(DatabricksConstants.LOAD_KEY, String.class);
        if (key != null && key.isBlank()) {
            throw new IllegalArgumentException("The header " + DatabricksConstants.LOAD_KEY
                    + " is empty: set it to what tells the message from others, or remove it.");
        }
        return Optional.ofNullable(key).map(LoadKey::of);
    }

    /**
     * The bytes of the body.
     *
     * @throws IllegalArgumentException when it is made of something else
     */
    Contents contents(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        return MessageContents.of(body, exchange)
                .orElseThrow(() -> new IllegalArgumentException("The body is no file, it is "
                        + (body == null ? "null" : "a " + body.getClass().getTypeName())
                        + ": set it to a stream, a file, a text or bytes."));
    }

    /** Tells what a failure means for the message: one whose body was begun, and cannot be read again, is not repeated. */
    UnaryOperator<Throwable> meaning(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        return failure -> BegunBody.meant(failure, body);
    }

    /**
     * The place in a Volume that the message is about: the entry of a listing in its body, else the header, else that of the
     * endpoint.
     *
     * @throws IllegalArgumentException when it leads elsewhere
     */
    VolumePath place(Exchange exchange, VolumeSettings settings) {
        return settings.place(placeText(exchange));
    }

    /** As {@link #place}, of a file. */
    VolumePath file(Exchange exchange, VolumeSettings settings) {
        return settings.file(placeText(exchange));
    }

    /** As {@link #file}, where the name of the file that came from elsewhere is good enough. */
    VolumePath uploadedFile(Exchange exchange, VolumeSettings settings) {
        Message message = exchange.getMessage();
        String header = message.getHeader(DatabricksConstants.VOLUME_PATH, String.class);
        return settings.file(header == null ? message.getHeader(Exchange.FILE_NAME, String.class) : header);
    }

    /** Whether the message speaks of a directory: with a slash at the end, or by an entry of a listing. */
    boolean meansDirectory(Exchange exchange) {
        String text = placeText(exchange);
        return text != null && text.endsWith("/");
    }

    private static String placeText(Exchange exchange) {
        Message message = exchange.getMessage();
        // the header may still be that of the listing which the entry is from
        return message.getBody() instanceof VolumeEntry entry
                ? entry.path() + (entry.directory() ? "/" : "")
                : message.getHeader(DatabricksConstants.VOLUME_PATH, String.class);
    }

    /** An aggregator may have put whole exchanges or messages into the list. */
    private static Object row(Object element) {
        if (element instanceof Exchange exchange) {
            return exchange.getMessage().getBody();
        }
        return element instanceof Message message ? message.getBody() : element;
    }
}
