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
package io.cameldatabricks.testinfra.server.engine;

import java.util.List;

/**
 * One statement as the wire brought it.
 *
 * @param id the statement's id, unique in the server
 * @param sql the text with its own {@code :name} or {@code ?} markers
 * @param parameters bound values; either all named or all positional
 * @param catalog catalog for this statement alone, or null for the session's
 * @param schema schema for this statement alone, or null for the session's
 * @param format how the rows are to be written
 * @param rowLimit rows to return at most, 0 for no limit
 * @param byteLimit bytes to return at most, 0 for no limit
 * @param rowsPerChunk rows in one chunk at most
 * @param bytesPerChunk bytes in one chunk at most, approximately
 */
public record EngineStatement(
        String id,
        String sql,
        List<BoundParameter> parameters,
        String catalog,
        String schema,
        ResultFormat format,
        long rowLimit,
        long byteLimit,
        int rowsPerChunk,
        long bytesPerChunk) {

    public EngineStatement {
        parameters = List.copyOf(parameters);
    }
}
