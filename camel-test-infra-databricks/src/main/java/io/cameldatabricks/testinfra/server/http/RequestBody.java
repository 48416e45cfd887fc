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
package io.cameldatabricks.testinfra.server.http;

import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;

import io.cameldatabricks.testinfra.fault.CutPoint;

/** The body of a request: read whole at first, or, when it may be large, piece by piece by whoever answers. */
final class RequestBody {

    /** Statements may have 16 MiB; in JSON each character may take six bytes, but hardly all of them do. */
    private static final int LIMIT = 48 << 20;

    private static final int PIECE = 64 << 10;

    private final HttpExchange exchange;
    private byte[] bytes;
    private boolean streaming;

    RequestBody(HttpExchange exchange) {
        this.exchange = exchange;
    }

    /** It may be large. */
    void streaming() {
        streaming = true;
    }

    /** The contents of a large one. Its end comes early as an exception, not as an end. */
    InputStream stream() {
        return exchange.getRequestBody();
    }

    /** Reads as much of a large one as a client has sent when its connection is to be cut. */
    void readUntil(CutPoint point) throws IOException {
        if (!streaming || point == CutPoint.UNREAD) {
            return;
        }
        if (point == CutPoint.HALF_READ) {
            String length = exchange.getRequestHeaders().getFirst("Content-Length");
            stream().skip(length == null ? 1 : Long.parseLong(length) / 2);
        } else {
            drain();
        }
    }

    /** Reads what is left of a large one: a client that still sends would not see its answer. */
    void drain() throws IOException {
        if (streaming) {
            byte[] discarded = new byte[PIECE];
            while (stream().read(discarded) >= 0) {
                // only to be rid of it
            }
        }
    }

    byte[] bytes() throws IOException {
        if (bytes == null) {
            bytes = exchange.getRequestBody().readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw new ApiException(413, "MAX_REQUEST_SIZE_EXCEEDED", "The request is larger than allowed.");
            }
        }
        return bytes;
    }

    /** @return a JSON object; an absent body is an empty one */
    JsonNode json() throws IOException {
        if (bytes().length == 0) {
            return Json.MAPPER.createObjectNode();
        }
        try {
            JsonNode node = Json.MAPPER.readTree(bytes());
            if (node == null || !node.isObject()) {
                throw new ApiException(
                        400,
                        "MALFORMED_REQUEST",
                        "Invalid JSON given in the body of the request - " + "expected a map.");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new ApiException(
                    400,
                    "MALFORMED_REQUEST",
                    "Could not parse request object: " + e.getOriginalMessage().split("\n")[0]);
        }
    }
}
