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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bytes that are to be sent, read piece by piece. */
public interface Contents {

    /** What {@link #length()} gives where nobody knows it before the end. */
    long UNKNOWN = -1;

    /**
     * From the first byte on; the caller closes it.
     *
     * @throws IOException when it cannot be read, or not a second time
     */
    InputStream open() throws IOException;

    /** In bytes, or {@link #UNKNOWN}. */
    long length();

    /** Whether they can be opened again after they were read. */
    boolean isRepeatable();

    /** Bytes in memory. */
    static Contents of(byte[] bytes) {
        return new Contents() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public boolean isRepeatable() {
                return true;
            }
        };
    }

    /** A file, which must not change meanwhile. @throws IOException when it cannot be read */
    static Contents of(Path file) throws IOException {
        long length = Files.size(file);
        return new Contents() {
            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public long length() {
                return length;
            }

            @Override
            public boolean isRepeatable() {
                return true;
            }
        };
    }

    /** What is gone once it was read. */
    static Contents once(InputStream stream) {
        AtomicBoolean opened = new AtomicBoolean();
        return new Contents() {
            @Override
            public InputStream open() throws IOException {
                if (!opened.compareAndSet(false, true)) {
                    throw new IOException("The stream can be read only once");
                }
                return stream;
            }

            @Override
            public long length() {
                return UNKNOWN;
            }

            @Override
            public boolean isRepeatable() {
                return false;
            }
        };
    }
}
