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

import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.component.sql.RowChanges;

/** Runs a statement and waits for its end. */
@FunctionalInterface
public interface StatementWriter {

    /**
     * @throws io.cameldatabricks.component.error.DatabricksException when it failed
     */
    Written write(BoundSql statement);

    /**
     * @param statementId in the query history, or null
     * @param rows that the server reported as written
     * @param changes the same by kind, or null when it did not report that
     */
    record Written(String statementId, long rows, RowChanges changes) {

        /** Of a statement that writes rows of one kind. */
        public Written(String statementId, long rows) {
            this(statementId, rows, null);
        }
    }
}
