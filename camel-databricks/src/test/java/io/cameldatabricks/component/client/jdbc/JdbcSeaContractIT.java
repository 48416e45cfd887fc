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

import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.Transport;

/** The contract over the driver in its mode for SQL warehouses. */
class JdbcSeaContractIT extends JdbcContract {

    @Override
    Transport transport() {
        return Transport.JDBC_SEA;
    }

    @Override
    protected Differences differences() {
        return new Differences(false, false, false, false, true, true, false);
    }

    @Override
    protected StatementId unknownId() {
        return StatementId.of("01f0aaaa-0000-1000-8000-000000000000");
    }

    @Override
    protected StatementId foreignId() {
        return StatementId.of("01f0aaaa-0000-1000-8000-000000000001|secret");
    }
}
