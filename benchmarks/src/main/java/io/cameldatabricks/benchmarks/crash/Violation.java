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
package io.cameldatabricks.benchmarks.crash;

/**
 * Something that the promise excludes.
 *
 * @param job it happened to; {@code -} for the run as a whole
 */
record Violation(Kind kind, String job, String text) {

    /** What is excluded. */
    enum Kind {
        /** The warehouse runs a statement, and no route was ever done with it. */
        LOST,
        /** Two statements for one job, or for one handle. */
        SUBMITTED_TWICE,
        /** A statement without the key of its handle cannot be found again. */
        UNTAGGED,
        /** It is delivered again, though nobody died and no lease ran out. */
        UNEXPLAINED_DUPLICATE,
        /** It is delivered again after it was confirmed. */
        DELIVERED_AFTER_CONFIRMATION,
        /** Two deliveries with the same CamelDatabricksDeliveryCount. */
        UNFLAGGED_DUPLICATE,
        /** A node changed a row that belonged to another one that lived. */
        STALE_WRITE,
        /** It was confirmed before the route was done with it. */
        CONFIRMED_TOO_EARLY,
        /** It was delivered before the statement had ended. */
        EMITTED_TOO_EARLY,
        /** A job received the result of another. */
        WRONG_RESULT,
        /** The sender was told that nothing runs, but it does; he would submit it again. */
        WRONGLY_REFUSED,
        /** The sender was told of a statement that the warehouse does not know. */
        INVENTED,
        /** It is reported as lost or failed, but it runs. */
        WRONGLY_REPORTED,
        /** A sender got no answer from a process that ended by itself. */
        UNANSWERED,
        /** A handle was given up, or is still open when all should be done. */
        LEFT_OVER
    }

    @Override
    public String toString() {
        return kind + " " + job + ": " + text;
    }
}
