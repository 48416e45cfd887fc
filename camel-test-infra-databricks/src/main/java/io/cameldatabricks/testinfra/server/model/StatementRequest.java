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

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.cameldatabricks.testinfra.server.engine.BoundParameter;
import io.cameldatabricks.testinfra.server.engine.ResultFormat;

/**
 * What a client asked for, checked.
 *
 * @param sql the statement's text
 * @param parameters bound values
 * @param warehouseId the warehouse it runs on
 * @param sessionId the session it runs in, or null for one of its own
 * @param catalog catalog for this statement alone, or null
 * @param schema schema for this statement alone, or null
 * @param disposition where the result is to go
 * @param format how the rows are to be written
 * @param compressed true for LZ4 frames around chunks that are not JSON in an answer
 * @param rowLimit 0 for none
 * @param byteLimit 0 for none
 * @param timeout how long it may run, or null for as long as it takes
 * @param tags query tags of the session and of the statement
 * @param client the client's name as its User-Agent has it
 * @param rowsPerChunk rows that the client takes at a time, 0 when it does not say
 */
public record StatementRequest(
        String sql,
        List<BoundParameter> parameters,
        String warehouseId,
        String sessionId,
        String catalog,
        String schema,
        Disposition disposition,
        ResultFormat format,
        boolean compressed,
        long rowLimit,
        long byteLimit,
        Duration timeout,
        Map<String, String> tags,
        String client,
        int rowsPerChunk) {

    public StatementRequest {
        parameters = List.copyOf(parameters);
    }

    /** The same request with another limit of its result's bytes. */
    public StatementRequest withByteLimit(long limit) {
        return new StatementRequest(
                sql,
                parameters,
                warehouseId,
                sessionId,
                catalog,
                schema,
                disposition,
                format,
                compressed,
                rowLimit,
                limit,
                timeout,
                tags,
                client,
                rowsPerChunk);
    }

    /** Statements and values may hold anything; they are not for logs. */
    @Override
    public String toString() {
        return "StatementRequest[" + disposition + ", " + format + "]";
    }
}
