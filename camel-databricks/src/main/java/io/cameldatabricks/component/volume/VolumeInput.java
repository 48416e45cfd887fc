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
package io.cameldatabricks.component.volume;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a file of a Volume from its first byte to its last. A transfer that is cut is gone on with where it was cut, as long
 * as each piece brings the file further; if the file was replaced meanwhile, the read fails, rather than to give the
 * beginning of one file and the end of another. Reading blocks. For one thread.
 */
public final class VolumeInput extends InputStream {

    private static final Logger LOG = LoggerFactory.getLogger(VolumeInput.class);

    /** Cuts in a row that bring no byte. */
    private static final int MOST_CUTS = 5;

    private final VolumeClient client;
    private final VolumePath file;
    private OpenFile open;
    private FileMetadata whole;
    private long position;
    private int cuts;
    private boolean closed;

    /** @param first the file as it was opened, at its first byte */
    public VolumeInput(VolumeClient client, VolumePath file, OpenFile first) {
        this.client = Objects.requireNonNull(client);
        this.file = Objects.requireNonNull(file);
        this.open = Objects.requireNonNull(first);
        this.whole = first.metadata();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (closed) {
            throw new IOException("The stream is closed");
        }
        while (length > 0) {
            if (whole.size() == position) {
                return -1;
            }
            try {
                int read = opened().stream().read(target, offset, length);
                if (read >= 0) {
                    position += read;
                    cuts = 0;
                    return read;
                }
                if (whole.size() < 0) {
                    return -1;
                }
                cut(new EOFException("The transfer ended early"));
            } catch (IOException e) {
                cut(e);
            }
        }
        return 0;
    }

    private void cut(IOException why) throws IOException {
        drop();
        // without the size an end that is too early looks like any other, and without a date so does another file
        if (++cuts > MOST_CUTS || whole.size() < 0 || whole.lastModified() == null) {
            throw new IOException("The transfer of " + file + " was cut after " + position + " bytes", why);
        }
        LOG.debug("The transfer of {} was cut after {} bytes and is gone on with", file, position, why);
    }

    private OpenFile opened() throws IOException {
        if (open == null) {
            try {
                open = client.open(file, position, whole.lastModified())
                        .toCompletableFuture()
                        .get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("The thread was interrupted", e);
            } catch (ExecutionException | CompletionException e) {
                cuts = MOST_CUTS;
                throw new IOException(e.getCause().getMessage(), e.getCause());
            }
            if (open.metadata().size() != whole.size()) {
                cuts = MOST_CUTS;
                throw new IOException("The file has another size than before");
            }
        }
        return open;
    }

    private void drop() {
        if (open != null) {
            try {
                open.stream().close();
            } catch (IOException e) {
                LOG.debug("A transfer could not be ended", e);
            }
            open = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        drop();
    }
}
