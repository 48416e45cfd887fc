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
package io.cameldatabricks.component.client;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Where a part of a result can be fetched, without an Authorization header. The link itself is a credential: it is not
 * printed and must not be stored. Immutable.
 *
 * @param uri of the file
 * @param expiresAt until then it can be fetched
 * @param headers to be sent with the request
 * @param chunkIndex which part, from 0
 * @param rowCount rows of this part
 */
public record ResultLink(URI uri, Instant expiresAt, Map<String, String> headers, long chunkIndex, long rowCount) {

    public ResultLink {
        Objects.requireNonNull(uri, "uri");
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "ResultLink[chunkIndex=" + chunkIndex + ", rowCount=" + rowCount + ", expiresAt=" + expiresAt + "]";
    }
}
