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

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PartlyWrittenException;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.StatementDetachedException;
import io.cameldatabricks.component.error.TransientDatabricksException;

/**
 * What a failure in the middle of a message means for the message: an exception that invites to send it again must not
 * write rows twice, nor lose rows that can be read only once.
 *
 * @param before rows that the server reported as written before
 * @param repeats whether rows that are written again change nothing, as with MERGE
 * @param readOnce whether the rows are gone once they are read
 */
record WriteFailure(long before, boolean repeats, boolean readOnce) {

    /** The statement of a chunk failed. */
    DatabricksException of(Chunk chunk, DatabricksException failure) {
        return of(chunk.first(), chunk.last(), chunk.describe(), failure);
    }

    private DatabricksException of(long first, long last, String where, DatabricksException failure) {
        String place = "In " + where
                + (before == 0
                        ? ", before any was written: "
                        : ", after " + before + (before == 1 ? " row was" : " rows were") + " written: ");
        boolean invites = invites(failure);
        boolean permanent =
                failure instanceof PermanentDatabricksException && !(failure instanceof StatementDetachedException);
        if (before > 0 && !repeats && (invites || permanent)) {
            return new PartlyWrittenException(
                    place + failure.getMessage() + "; the message sent again would write those twice, so send the rows"
                            + " from " + first + " on",
                    first,
                    last,
                    before,
                    ErrorDetails.of(failure),
                    failure);
        }
        if (readOnce && invites) {
            return gone(place, failure);
        }
        return failure.at(place);
    }

    private static boolean invites(DatabricksException failure) {
        return failure instanceof TransientDatabricksException || failure instanceof RecoverableDatabricksException;
    }

    private static DatabricksException gone(String place, DatabricksException failure) {
        return new PermanentDatabricksException(
                place + failure.getMessage()
                        + "; the rows can be read only once, so the message sent again would lack these",
                ErrorDetails.of(failure),
                failure);
    }

    /** A row could not be read or bound. */
    RuntimeException of(long row, RuntimeException failure) {
        if (before == 0 || repeats) {
            return failure instanceof BadRowException
                    ? new IllegalArgumentException(failure.getMessage(), failure.getCause())
                    : failure instanceof DatabricksException known && invites(known) && readOnce
                            ? gone("", known)
                            : failure;
        }
        String why = failure instanceof BadRowException
                ? failure.getMessage()
                : "The rows of the message could not be read on, "
                        + failure.getClass().getName();
        return new PartlyWrittenException(
                why + "; " + before + " rows before it are written, so the message sent again would write them twice",
                row,
                row,
                before,
                ErrorDetails.none(),
                failure instanceof BadRowException ? failure.getCause() : failure);
    }
}
