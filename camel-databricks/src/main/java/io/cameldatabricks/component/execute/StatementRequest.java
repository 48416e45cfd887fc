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

import java.time.Duration;
import java.util.Objects;

import io.cameldatabricks.component.sql.BoundSql;

/**
 * A statement that is ready to run. Immutable.
 *
 * @param sql the text and its values
 * @param limits how long it may run and how many rows it may give
 * @param result how the rows are wanted
 */
public record StatementRequest(BoundSql sql, Limits limits, ResultSettings result) {

    public StatementRequest {
        Objects.requireNonNull(sql);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(result);
    }

    StatementRequest withoutRows() {
        return new StatementRequest(sql, limits, ResultSettings.none());
    }

    /**
     * @param queryTimeout after this time the wait ends; zero for no limit of our own
     * @param rowLimit the server stops after as many rows; 0 for all
     * @param onTimeout what becomes of the statement when its time is over, or when nobody waits for it any longer
     */
    public record Limits(Duration queryTimeout, int rowLimit, OnTimeout onTimeout) {

        public Limits {
            Objects.requireNonNull(onTimeout);
            if (queryTimeout.isNegative()) {
                throw new IllegalArgumentException("queryTimeout must be 0 (no limit) or more");
            }
            if (rowLimit < 0) {
                throw new IllegalArgumentException("rowLimit must be 0 (all rows) or more");
            }
        }

        /** Of a statement that is cancelled on the server when its time is over. */
        public Limits(Duration queryTimeout, int rowLimit) {
            this(queryTimeout, rowLimit, OnTimeout.CANCEL);
        }

        /** No limits. */
        public static Limits none() {
            return new Limits(Duration.ZERO, 0);
        }

        /** The same with another limit of rows. */
        public Limits withRowLimit(int rows) {
            return new Limits(queryTimeout, rows, onTimeout);
        }

        /** Whether the id of the statement has to be known as soon as the server has accepted it. */
        public boolean needsIdAtOnce() {
            return !queryTimeout.isZero() || onTimeout == OnTimeout.DETACH;
        }
    }
}
