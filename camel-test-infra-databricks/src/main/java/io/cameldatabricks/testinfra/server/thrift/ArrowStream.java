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
package io.cameldatabricks.testinfra.server.thrift;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A complete Arrow IPC stream, taken apart: Thrift sends the schema once, with the metadata, and each batch without it and
 * without an end.
 */
record ArrowStream(ByteBuffer schema, ByteBuffer batches) {

    private static final int CONTINUATION = 0xFFFFFFFF;
    private static final int PREFIX = 8;

    /** @throws IllegalArgumentException when the bytes are not a stream */
    static ArrowStream of(byte[] stream) {
        ByteBuffer bytes = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        if (stream.length < PREFIX || bytes.getInt(0) != CONTINUATION) {
            throw new IllegalArgumentException("Not an Arrow stream");
        }
        // the schema message has no body
        int schemaEnd = PREFIX + bytes.getInt(4);
        int end = stream.length;
        boolean marked =
                end - PREFIX >= schemaEnd && bytes.getInt(end - PREFIX) == CONTINUATION && bytes.getInt(end - 4) == 0;
        return new ArrowStream(
                ByteBuffer.wrap(stream, 0, schemaEnd).slice(),
                ByteBuffer.wrap(stream, schemaEnd, (marked ? end - PREFIX : end) - schemaEnd)
                        .slice());
    }
}
