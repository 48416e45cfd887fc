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

import java.sql.Statement;

import io.cameldatabricks.component.error.DatabricksException;

/** A borrowed connection with the statement whose rows are read over it. */
final class LoanLease implements ResultReader.Lease {

    private final RepeatedCall.Loan loan;
    private final Statement statement;
    private boolean kept;

    /** @param statement null when there is none to close */
    LoanLease(RepeatedCall.Loan loan, Statement statement) {
        this.loan = loan;
        this.statement = statement;
    }

    @Override
    public void keep() {
        kept = true;
        loan.keep();
    }

    boolean isKept() {
        return kept;
    }

    @Override
    public void failed(DatabricksException failure) {
        // else whoever lends the connection sees the failure
        if (kept) {
            loan.failed(failure);
        }
    }

    /**
     * To be called before the connection goes back: HikariCP would close the statement too, but would lose the connection
     * for ever when that fails with one of the driver's unchecked exceptions.
     */
    void closeStatement() {
        if (statement != null) {
            DriverAnswer.closeQuietly("statement", statement);
        }
    }

    @Override
    public void end() {
        closeStatement();
        loan.close();
    }
}
