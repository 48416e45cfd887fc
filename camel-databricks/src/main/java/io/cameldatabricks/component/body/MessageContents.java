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

import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;

import io.cameldatabricks.component.volume.Contents;

/** The bytes that a body holds. Stateless. */
public final class MessageContents {

    private MessageContents() {}

    /**
     * @param exchange whose converters are used
     * @return empty when the body is made of something else than bytes or text
     * @throws IllegalArgumentException when it names a file that cannot be read
     */
    public static Optional<Contents> of(Object body, Exchange exchange) {
        if (body instanceof byte[] bytes) {
            return Optional.of(Contents.of(bytes));
        } else if (body instanceof String text) {
            return Optional.of(Contents.of(text.getBytes(StandardCharsets.UTF_8)));
        } else if (body instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return Optional.of(Contents.of(bytes));
        } else if (body instanceof File file) {
            return Optional.of(file(file.toPath()));
        } else if (body instanceof Path path) {
            return Optional.of(file(path));
        } else if (body instanceof WrappedFile<?> wrapped) {
            return wrapped.getFile() instanceof File file
                    ? Optional.of(file(file.toPath()))
                    : of(wrapped.getBody() == null ? stream(body, exchange) : wrapped.getBody(), exchange);
        } else if (body instanceof StreamCache cache && !(body instanceof Iterator<?>)) {
            return Optional.of(new Cached(cache, exchange));
        } else if (body instanceof InputStream stream) {
            return Optional.of(new Once(stream, () -> stream));
        } else if (body instanceof Reader) {
            return Optional.of(new Once(body, () -> stream(body, exchange)));
        }
        return Optional.empty();
    }

    /** What the file of a body is called, or null. */
    public static String name(Object body) {
        if (body instanceof WrappedFile<?> wrapped) {
            return name(wrapped.getFile());
        }
        if (body instanceof File file) {
            return file.getName();
        }
        return body instanceof Path path && path.getFileName() != null
                ? path.getFileName().toString()
                : null;
    }

    private static Contents file(Path path) {
        try {
            return Contents.of(path);
        } catch (IOException e) {
            throw new IllegalArgumentException("The file of the body cannot be read: " + path.getFileName(), e);
        }
    }

    private static InputStream stream(Object body, Exchange exchange) {
        InputStream stream = exchange.getContext().getTypeConverter().tryConvertTo(InputStream.class, exchange, body);
        if (stream == null) {
            throw new IllegalArgumentException("The body cannot be read as a stream of bytes, it is a "
                    + body.getClass().getTypeName() + ".");
        }
        return stream;
    }

    /** A body that is gone once it is read. */
    private record Once(Object body, Supplier<InputStream> stream) implements Contents {

        Once {
            BegunBody.refuse(body);
        }

        @Override
        public InputStream open() {
            BegunBody.begin(body);
            return stream.get();
        }

        @Override
        public long length() {
            return UNKNOWN;
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }
    }

    /** A body that Camel keeps, and that can be read again and again. */
    private record Cached(StreamCache cache, Exchange exchange) implements Contents {

        @Override
        public InputStream open() {
            cache.reset();
            // Camel closes it when the exchange is done
            return new FilterInputStream(stream(cache, exchange)) {
                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    return in.read(target, offset, length);
                }

                @Override
                public void close() {
                    cache.reset();
                }
            };
        }

        /** What the cache says of itself may be a number of characters. */
        @Override
        public long length() {
            return UNKNOWN;
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }
    }
}
