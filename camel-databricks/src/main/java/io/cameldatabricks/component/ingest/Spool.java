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
package io.cameldatabricks.component.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.volume.Contents;

/**
 * Keeps bytes until they are uploaded, so that they can be sent again: few in memory, more in a file that nobody else may
 * read. Written once, then read as often as is needed, then {@linkplain #delete deleted}. For one thread while it is written.
 */
final class Spool extends OutputStream implements Contents {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private static final int IN_MEMORY = 1 << 20;
    private static final int BUFFER = 64 << 10;

    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private byte[] bytes;
    private Path file;
    private OutputStream out;
    private long length;

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int count) throws IOException {
        if (file == null && length + count > IN_MEMORY) {
            // with the rights of the owner only
            file = Files.createTempFile("camel-databricks-", ".spool");
            out = new java.io.BufferedOutputStream(Files.newOutputStream(file), BUFFER);
            memory.writeTo(out);
            memory = null;
        }
        if (file == null) {
            memory.write(source, offset, count);
        } else {
            out.write(source, offset, count);
        }
        length += count;
    }

    /** Ends the writing. */
    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        } else if (bytes == null) {
            bytes = memory.toByteArray();
            memory = null;
        }
    }

    @Override
    public InputStream open() throws IOException {
        return file == null ? Contents.of(bytes).open() : Files.newInputStream(file);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    void delete() {
        try {
            if (out != null) {
                out.close();
            }
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("The file {} could not be deleted", file, e);
        }
    }
}
