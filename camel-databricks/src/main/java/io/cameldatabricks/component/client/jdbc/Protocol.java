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
package io.cameldatabricks.component.client.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

import io.cameldatabricks.component.client.ResultSummary;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementStatus;

/**
 * What is asked about a statement by its id alone, over one connection of the driver, in the mode of the connection. The
 * driver's own {@code getExecutionResult} is not used for it: once a statement has succeeded, it begins to fetch rows. Calls
 * block. Whatever is thrown becomes an exception of ours in {@link DriverErrors}.
 */
interface Protocol {

    /** @return empty when the server does not know the statement */
    Optional<StatementStatus> status(StatementId id) throws SQLException, IOException;

    /** As {@link io.cameldatabricks.component.client.StatementClient#result} has it; fetches no rows. */
    ResultSummary result(StatementId id) throws SQLException, IOException;

    /** @return false when the server does not know the statement */
    boolean cancel(StatementId id) throws SQLException, IOException;

    /** @return false when the server does not know the statement */
    boolean release(StatementId id) throws SQLException, IOException;
}
