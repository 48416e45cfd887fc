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
package io.cameldatabricks.component.statement;

import java.time.Instant;
import java.util.Objects;

/**
 * What was known when a statement was intended. Immutable.
 *
 * @param sqlHash of the text, see {@link StatementRequest#sqlHash()}
 * @param headers of the message that asked for it, restored on delivery
 * @param correlationId what the user calls it, or null
 * @param intendedAt when it was written down
 * @param rowLimit the server stops after as many rows, which whoever reads them has to know; 0 for all
 * @param returnsRows whether its text says that it certainly returns rows; false in doubt
 */
public record StatementOrigin(
        String sqlHash,
        CarriedHeaders headers,
        String correlationId,
        Instant intendedAt,
        long rowLimit,
        boolean returnsRows) {

    public StatementOrigin {
        Objects.requireNonNull(sqlHash, "sqlHash");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(intendedAt, "intendedAt");
        if (rowLimit < 0) {
            throw new IllegalArgumentException("rowLimit must be 0 (all) or more");
        }
    }

    /** Of a statement whose rows, if it has any, are all given. */
    public StatementOrigin(String sqlHash, CarriedHeaders headers, String correlationId, Instant intendedAt) {
        this(sqlHash, headers, correlationId, intendedAt, 0, false);
    }

    @Override
    public String toString() {
        return "StatementOrigin[sqlHash=" + sqlHash + ", headers=" + headers + ", intendedAt=" + intendedAt + "]";
    }
}
