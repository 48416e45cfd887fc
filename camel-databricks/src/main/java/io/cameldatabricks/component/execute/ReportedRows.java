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

import java.util.function.Supplier;

import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.FailureTranslator;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.ResultExpiredException;
import io.cameldatabricks.component.result.Row;
import io.cameldatabricks.component.result.RowSchema;
import io.cameldatabricks.component.result.Rows;

/** Rows whose failures say what to do next, and are told to whoever lends the connection. */
final class ReportedRows implements Rows {

    private static final int NOT_FOUND = 404;

    private final Rows rows;
    private final ResultReader.Opened opened;

    ReportedRows(Rows rows, ResultReader.Opened opened) {
        this.rows = rows;
        this.opened = opened;
    }

    /** What a failure while rows are read means: what the server does not find any more is the result. */
    static DatabricksException failure(Throwable e, String statementId, String sql) {
        DatabricksException failure = FailureTranslator.translate(e, CallPhase.FETCH, statementId, sql);
        boolean gone = failure instanceof RecoverableDatabricksException
                && failure.getHttpStatus() != null
                && failure.getHttpStatus() == NOT_FOUND;
        return gone ? expired(statementId, failure) : failure;
    }

    static ResultExpiredException expired(String statementId, DatabricksException cause) {
        return new ResultExpiredException(
                "The rows of the statement are no longer on the server: they were fetched too late, or released; run the"
                        + " statement again if you need them",
                new ErrorDetails(statementId, "CLOSED", null, null, cause == null ? null : cause.getHttpStatus()),
                cause);
    }

    @Override
    public RowSchema schema() {
        return rows.schema();
    }

    @Override
    public boolean hasNext() {
        return reported(rows::hasNext);
    }

    @Override
    public Row next() {
        return reported(rows::next);
    }

    private <T> T reported(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (java.util.NoSuchElementException | IllegalStateException e) {
            throw e;
        } catch (RuntimeException e) {
            DatabricksException failure = failure(e, opened.statementId(), opened.sql());
            opened.lease().failed(failure);
            throw failure;
        }
    }

    @Override
    public void close() {
        rows.close();
    }
}
