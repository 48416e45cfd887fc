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
package io.cameldatabricks.component.result;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Rows as a stream of text in UTF-8. Rows are read as the text is read, some kilobytes at a time; the rows are closed after
 * the last one, after a failure, and with the stream. Not thread-safe, except for {@link #close}.
 */
public final class RowText extends InputStream {

    private static final int ENOUGH = 16 * 1024;

    private final Rows rows;
    private final RowFormat format;
    private final Buffer buffer;
    private int position;
    private boolean begun;
    private volatile boolean closed;

    private RowText(Rows rows, Format format) {
        this.rows = rows;
        this.buffer = new Buffer();
        this.format = format.to(buffer);
    }

    private interface Format {
        RowFormat to(OutputStream out);
    }

    /** A line of names, then a line for each row, with commas between the values (RFC 4180). */
    public static RowText csv(Rows rows) {
        return new RowText(rows, CsvFormat::new);
    }

    /** A JSON object for each row, on a line of its own. */
    public static RowText jsonLines(Rows rows) {
        return new RowText(rows, JsonLinesFormat::new);
    }

    /** Gives its bytes without a copy. */
    private static final class Buffer extends ByteArrayOutputStream {

        Buffer() {
            super(2 * ENOUGH);
        }

        int take(int from, byte[] target, int offset, int length) {
            int taken = Math.min(length, count - from);
            System.arraycopy(buf, from, target, offset, taken);
            return taken;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Failures of the rows come as they are. */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (position == buffer.size() && !fill()) {
            return -1;
        }
        int taken = buffer.take(position, target, offset, length);
        position += taken;
        return taken;
    }

    private boolean fill() throws IOException {
        if (closed) {
            throw new IOException("The rows were closed: read them before the exchange that ran the statement ends");
        }
        buffer.reset();
        position = 0;
        if (!begun) {
            begun = true;
            format.begin(rows.schema());
        }
        // formats keep some kilobytes for themselves until they are flushed
        while (buffer.size() < ENOUGH && rows.hasNext()) {
            format.row(rows.next());
        }
        format.flush();
        return buffer.size() > 0;
    }

    @Override
    public int available() {
        return buffer.size() - position;
    }

    @Override
    public void close() {
        closed = true;
        rows.close();
    }
}
