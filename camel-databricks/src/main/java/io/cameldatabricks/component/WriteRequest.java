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
package io.cameldatabricks.component;

import java.util.List;

import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.execute.StatementRequest;
import io.cameldatabricks.component.execute.StatementSequence;
import io.cameldatabricks.component.ingest.RowSource;
import io.cameldatabricks.component.ingest.TableName;
import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.component.statement.QueryTags;

/**
 * What a message asks to write.
 *
 * @param table where its rows go
 * @param rows of the message
 * @param limits of each statement
 * @param tags that each statement carries in the query history
 */
record WriteRequest(TableName table, RowSource rows, StatementRequest.Limits limits, QueryTags tags) {

    WriteRequest withRows(RowSource other) {
        return new WriteRequest(table, other, limits, tags);
    }

    /** One of the statements that write it. */
    StatementSequence statement(BoundSql sql) {
        StatementRequest request = new StatementRequest(sql, limits, ResultSettings.none());
        return new StatementSequence(StatementSequence.Kind.SCRIPT, List.of(request), tags);
    }
}
