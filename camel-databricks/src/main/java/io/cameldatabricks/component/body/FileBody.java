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
package io.cameldatabricks.component.body;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;

import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.support.SynchronizationAdapter;

import io.cameldatabricks.component.volume.OpenFile;
import io.cameldatabricks.component.volume.VolumeClient;
import io.cameldatabricks.component.volume.VolumeInput;
import io.cameldatabricks.component.volume.VolumePath;

/**
 * The body of DOWNLOAD: a file that stays on the server and is read from there, by everyone who gets the message from its
 * first byte on. So Camel need not keep it in memory or in a file to read it again: it is what Camel calls a stream cache.
 * Its transfer ends when the exchange is done.
 */
public final class FileBody extends InputStream implements StreamCache {

    private final VolumeClient client;
    private final VolumePath file;
    private final long length;
    private VolumeInput current;
    private long position;

    /** @param first the file, opened at its first byte */
    public FileBody(VolumeClient client, VolumePath file, OpenFile first) {
        this(client, file, first.metadata().size());
        this.current = new VolumeInput(client, file, first);
    }

    private FileBody(VolumeClient client, VolumePath file, long length) {
        this.client = client;
        this.file = file;
        this.length = length;
    }

    /** Ends the transfer when the exchange is done, if nobody has read to the end before. */
    public void closeWith(Exchange exchange) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                end();
            }
        });
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int count) throws IOException {
        if (current == null) {
            current = new VolumeInput(client, file, opened());
            position = 0;
        }
        int read = current.read(target, offset, count);
        position += Math.max(0, read);
        return read;
    }

    private OpenFile opened() throws IOException {
        try {
            return client.open(file, 0, null).toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The thread was interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** The next read begins with the first byte again. */
    @Override
    public synchronized void reset() {
        if (current != null && position > 0) {
            end();
        }
    }

    private synchronized void end() {
        if (current != null) {
            current.close();
            current = null;
            position = 0;
        }
    }

    /** As {@link #reset()}: who reads it next begins at the beginning. */
    @Override
    public void close() {
        end();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        transferTo(out);
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        FileBody copy = new FileBody(client, file, length);
        copy.closeWith(exchange);
        return copy;
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public synchronized long position() {
        return position;
    }

    /** Without the bytes. */
    @Override
    public String toString() {
        return file.toString();
    }
}
