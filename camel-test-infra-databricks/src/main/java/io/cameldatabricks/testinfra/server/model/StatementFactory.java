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

import java.nio.file.Path;
import java.time.Duration;

import io.cameldatabricks.testinfra.server.engine.ResultFormat;
import io.cameldatabricks.testinfra.server.engine.SqlEngine;

/** Makes statements with their empty results, for every protocol alike. */
public final class StatementFactory {

    /** What the service allows behind links. */
    private static final long LINKS_LIMIT = 100L << 30;

    private final SqlEngine engine;
    private final ServerClock clock;
    private final Path spoolFolder;

    /** @param spoolFolder where big results go */
    public StatementFactory(SqlEngine engine, ServerClock clock, Path spoolFolder) {
        this.engine = engine;
        this.clock = clock;
        this.spoolFolder = spoolFolder;
    }

    /**
     * @param faults what is to go wrong with the result
     * @return a statement that is PENDING, and canceled when nobody asks after it for 15 minutes
     */
    public ServerStatement create(StatementRequest request, ResultFaults faults) {
        return create(request, faults, ServerStatement.KEEP_ALIVE);
    }

    /**
     * @param faults what is to go wrong with the result
     * @param keepAlive how long it runs on when nobody asks after it
     */
    public ServerStatement create(StatementRequest request, ResultFaults faults, Duration keepAlive) {
        String id = StatementStore.newId();
        boolean inline = request.disposition() == Disposition.INLINE;
        ResultFormat format = engine.formatFor(request.format());
        StatementResult result = new StatementResult(
                spoolFolder,
                id,
                format,
                request.compressed() && format == request.format(),
                inline ? StatementResult.INLINE_LIMIT : 0);
        return new ServerStatement(id, limited(request, inline), result, faults, clock.instant(), keepAlive);
    }

    private static StatementRequest limited(StatementRequest request, boolean inline) {
        if (inline || request.byteLimit() > 0) {
            return request;
        }
        return request.withByteLimit(LINKS_LIMIT);
    }
}
