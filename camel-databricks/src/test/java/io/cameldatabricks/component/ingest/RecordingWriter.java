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

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.component.sql.SqlParameter;

/** Keeps what would be sent, and fails as it is told. */
final class RecordingWriter implements StatementWriter {

    final List<BoundSql> sent = new ArrayList<>();
    final List<BoundSql> accepted = new ArrayList<>();
    private Function<BoundSql, DatabricksException> failure = sql -> null;

    void failWhen(Function<BoundSql, DatabricksException> rule) {
        failure = rule;
    }

    @Override
    public Written write(BoundSql statement) {
        sent.add(statement);
        DatabricksException refused = failure.apply(statement);
        if (refused != null) {
            throw refused;
        }
        accepted.add(statement);
        return new Written("id-" + sent.size(), rows(statement), null);
    }

    /** Rows begin with a bracket after VALUES or a comma; the tests have no bracket anywhere else in a row. */
    static int rows(BoundSql statement) {
        return statement.sql().split("VALUES ", 2)[1].split(" AS `v`", 2)[0].split("\\), \\(").length;
    }

    List<Object> values() {
        return accepted.stream()
                .flatMap(sql -> sql.parameters().stream())
                .map(SqlParameter::value)
                .toList();
    }

    static PermanentDatabricksException refused(String sqlState) {
        return new PermanentDatabricksException(
                "The statement failed", new ErrorDetails("id", "FAILED", sqlState, null, null), null);
    }

    static TransientDatabricksException conflict() {
        return new TransientDatabricksException(
                "Another writer", new ErrorDetails("id", "FAILED", "2D521", "DELTA_CONCURRENT_APPEND", null), null);
    }
}
