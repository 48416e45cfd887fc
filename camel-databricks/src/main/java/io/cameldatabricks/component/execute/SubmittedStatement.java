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
package io.cameldatabricks.component.execute;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.FailureTranslator;

/** Reads the result of a statement that was submitted elsewhere and has succeeded. */
final class SubmittedStatement {

    private SubmittedStatement() {}

    static StatementResult read(Connection connection, String statementId, OutputType outputType) {
        try {
            ResultSet result = DriverAnswer.resultOf(connection, statementId);
            if (DriverAnswer.hasUpdateCount(result)) {
                return StatementResult.ofUpdate(statementId, DriverAnswer.updateCount(result));
            }
            if (result.getMetaData() == null || result.getMetaData().getColumnCount() == 0) {
                return StatementResult.ofUpdate(statementId, 0);
            }
            return StatementRunner.readRows(outputType, result, statementId);
        } catch (SQLException | RuntimeException e) {
            throw FailureTranslator.translate(e, CallPhase.FETCH, statementId, null);
        }
    }
}
