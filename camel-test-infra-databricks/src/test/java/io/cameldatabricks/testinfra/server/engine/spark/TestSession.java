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
package io.cameldatabricks.testinfra.server.engine.spark;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.cameldatabricks.testinfra.server.engine.BoundParameter;
import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.EngineSession;
import io.cameldatabricks.testinfra.server.engine.EngineStatement;
import io.cameldatabricks.testinfra.server.engine.ResultFormat;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A session with the short calls that tests need. */
final class TestSession implements AutoCloseable {

    private static final AtomicInteger IDS = new AtomicInteger();

    private final EngineSession session;

    TestSession(EngineSession session) {
        this.session = session;
    }

    EngineSession engineSession() {
        return session;
    }

    static EngineStatement statement(String sql, BoundParameter... parameters) {
        return new EngineStatement(
                "test-" + IDS.incrementAndGet(),
                sql,
                List.of(parameters),
                null,
                null,
                ResultFormat.JSON_ARRAY,
                0,
                0,
                100_000,
                4 << 20);
    }

    CollectedResult run(EngineStatement statement) throws EngineException {
        CollectedResult result = new CollectedResult(statement.format());
        result.outcome(session.execute(statement, result));
        return result;
    }

    CollectedResult run(String sql, BoundParameter... parameters) {
        try {
            return run(statement(sql, parameters));
        } catch (EngineException e) {
            throw new AssertionError(sql + " failed: " + e.getMessage(), e);
        }
    }

    List<List<String>> rows(String sql, BoundParameter... parameters) {
        return run(sql, parameters).rows();
    }

    /** The one value of a result with one row and one column. */
    String value(String sql, BoundParameter... parameters) {
        List<List<String>> rows = rows(sql, parameters);
        if (rows.size() != 1 || rows.get(0).size() != 1) {
            throw new AssertionError(sql + " gave " + rows);
        }
        return rows.get(0).get(0);
    }

    void run(List<String> statements) {
        statements.forEach(this::run);
    }

    EngineException failure(String sql, BoundParameter... parameters) {
        EngineException failure = catchThrowableOfType(EngineException.class, () -> run(statement(sql, parameters)));
        if (failure == null) {
            throw new AssertionError(sql + " did not fail");
        }
        return failure;
    }

    static BoundParameter named(String name, String type, String value) {
        return new BoundParameter(name, 0, type, value);
    }

    static BoundParameter positional(int ordinal, String type, String value) {
        return new BoundParameter(null, ordinal, type, value);
    }

    @Override
    public void close() {
        session.close();
    }
}
