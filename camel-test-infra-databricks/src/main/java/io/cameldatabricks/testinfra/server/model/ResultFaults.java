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
package io.cameldatabricks.testinfra.server.model;

/**
 * What is to go wrong with the result of a statement. Immutable.
 *
 * @param truncated the result is marked as cut off, also when it is whole
 * @param rowLimit rows at which it is cut off, 0 for none
 * @param closing whether success is shown as CLOSED
 */
public record ResultFaults(boolean truncated, int rowLimit, Closing closing) {

    /** Nothing goes wrong. */
    public static final ResultFaults NONE = new ResultFaults(false, 0, Closing.NONE);

    /** How success is shown as CLOSED. */
    public enum Closing {
        /** It is not. */
        NONE,
        /** In the answer that has all rows. */
        WITH_RESULT,
        /** In every answer, and the rows are gone. */
        WITHOUT_RESULT
    }

    /** Cut off after so many rows, or only marked so when it is 0. */
    public ResultFaults withTruncation(int rows) {
        return new ResultFaults(truncated || rows == 0, rows, closing);
    }

    public ResultFaults withClosing(Closing newClosing) {
        return new ResultFaults(truncated, rowLimit, newClosing);
    }

    /** @return the limit of a statement that has one of its own, or 0 for none */
    long limit(long own) {
        if (rowLimit == 0) {
            return own;
        }
        return own == 0 ? rowLimit : Math.min(own, rowLimit);
    }
}
