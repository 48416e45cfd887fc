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
package io.cameldatabricks.testinfra.server.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.ResultColumn;
import io.cameldatabricks.testinfra.server.engine.ResultFormat;
import io.cameldatabricks.testinfra.server.engine.ResultSink;

/**
 * A result, spooled: the first chunks stay in memory as long as they are small, all else goes to one file per statement,
 * so that a result of any size costs the heap nothing.
 *
 * <p>Written by one thread, then read by many.
 */
public final class StatementResult implements ResultSink {

    /** What the API allows in answers. */
    public static final long INLINE_LIMIT = 25L << 20;

    private static final long MEMORY_LIMIT = 1L << 20;

    private final Path folder;
    private final String name;
    private final ResultFormat format;
    private final boolean compressed;
    private final long limit;
    private final List<Chunk> chunks = new ArrayList<>();
    private List<ResultColumn> columns = List.of();
    private boolean hasRows;
    private boolean volumeOperation;
    private byte[] withoutRows;
    private long rows;
    private long bytes;
    private FileChannel file;
    private boolean deleted;

    /**
     * One chunk of a result.
     *
     * @param rowOffset rows before it
     * @param rows rows in it
     * @param bytes its size as stored
     */
    public record Chunk(int index, long rowOffset, long rows, int bytes, byte[] inMemory, long position) {}

    /**
     * @param folder where big results go
     * @param name the file's name, unique in the folder
     * @param compressed true to keep chunks as LZ4 frames
     * @param limit bytes at most, 0 for no limit; a larger result fails the statement
     */
    public StatementResult(Path folder, String name, ResultFormat format, boolean compressed, long limit) {
        this.folder = folder;
        this.name = name;
        this.format = format;
        this.compressed = compressed;
        this.limit = limit;
    }

    @Override
    public synchronized void begin(List<ResultColumn> resultColumns) {
        columns = List.copyOf(resultColumns);
        hasRows = true;
    }

    @Override
    public synchronized void volumeOperation() {
        volumeOperation = true;
    }

    /** Whether the one row tells the client what to do with a file of a volume. */
    public synchronized boolean isVolumeOperation() {
        return volumeOperation;
    }

    @Override
    public synchronized void chunk(byte[] payload, long chunkRows) throws EngineException {
        if (limit > 0 && bytes + payload.length > limit) {
            throw EngineException.failed(
                    "BAD_REQUEST",
                    null,
                    "Inline byte limit exceeded. Statements executed with disposition=INLINE can have a result size of"
                            + " at most " + limit + " bytes. Please execute the statement with"
                            + " disposition=EXTERNAL_LINKS if you want to download the full result.",
                    null);
        }
        try {
            store(compressed ? compress(payload) : payload, chunkRows);
        } catch (IOException e) {
            throw EngineException.failed("IO_ERROR", null, "The result could not be stored: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void noRows(byte[] payload) {
        withoutRows = payload;
    }

    private void store(byte[] payload, long chunkRows) throws IOException {
        if (deleted) {
            return;
        }
        boolean keep = file == null && bytes + payload.length <= MEMORY_LIMIT;
        long position = keep ? 0 : append(payload);
        chunks.add(new Chunk(chunks.size(), rows, chunkRows, payload.length, keep ? payload : null, position));
        rows += chunkRows;
        bytes += payload.length;
    }

    private long append(byte[] payload) throws IOException {
        if (file == null) {
            Files.createDirectories(folder);
            file = FileChannel.open(
                    folder.resolve(name),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        }
        long position = file.size();
        ByteBuffer buffer = ByteBuffer.wrap(payload);
        while (buffer.hasRemaining()) {
            file.write(buffer, position + buffer.position());
        }
        return position;
    }

    private static byte[] compress(byte[] payload) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length / 2 + 64);
        try (OutputStream frame = new LZ4FrameOutputStream(bytes)) {
            frame.write(payload);
        }
        return bytes.toByteArray();
    }

    public ResultFormat format() {
        return format;
    }

    public boolean compressed() {
        return compressed;
    }

    /** False for statements such as DDL that have no result set. */
    public synchronized boolean hasRows() {
        return hasRows;
    }

    public synchronized List<ResultColumn> columns() {
        return columns;
    }

    /** A chunk without rows that tells the columns' types, uncompressed; null when there are rows or the format has none. */
    public synchronized byte[] withoutRows() {
        return withoutRows;
    }

    public synchronized List<Chunk> chunks() {
        return List.copyOf(chunks);
    }

    public synchronized long rows() {
        return rows;
    }

    public synchronized long bytes() {
        return bytes;
    }

    /**
     * @return the chunk as stored, or null when the result has been given up
     */
    public byte[] read(Chunk chunk) {
        FileChannel channel;
        synchronized (this) {
            if (deleted) {
                return null;
            }
            if (chunk.inMemory() != null) {
                return chunk.inMemory();
            }
            channel = file;
        }
        ByteBuffer buffer = ByteBuffer.allocate(chunk.bytes());
        try {
            while (buffer.hasRemaining() && channel.read(buffer, chunk.position() + buffer.position()) >= 0) {
                // a read may return less than asked for
            }
            return buffer.array();
        } catch (java.nio.channels.ClosedChannelException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the chunk as the engine wrote it, or null when the result has been given up */
    public byte[] readPlain(Chunk chunk) {
        byte[] payload = read(chunk);
        if (payload == null || !compressed) {
            return payload;
        }
        try (InputStream frame = new LZ4FrameInputStream(new ByteArrayInputStream(payload))) {
            return frame.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Frees what the result holds. The columns and sizes stay known. */
    synchronized void delete() {
        deleted = true;
        chunks.replaceAll(chunk ->
                new Chunk(chunk.index(), chunk.rowOffset(), chunk.rows(), chunk.bytes(), null, chunk.position()));
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
