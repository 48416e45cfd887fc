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
package io.cameldatabricks.component.body;

import java.util.concurrent.CompletionException;

import org.apache.camel.WrappedFile;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.sql.ReadOnce;

/**
 * Bodies that can be read only once: to write what is left of one that was begun would lose the rest without a word. An error
 * handler that sends a message again gives us the same body, and so does a multicast. Stateless.
 */
public final class BegunBody {

    private static final String ONCE = "the body can be read only once";

    private BegunBody() {}

    /** @throws PermanentDatabricksException when somebody has begun to read it */
    static void refuse(Object body) {
        if (ReadOnce.isBegun(body)) {
            throw begun();
        }
    }

    /** @throws PermanentDatabricksException when somebody had begun to read it */
    public static void begin(Object body) {
        if (!ReadOnce.begin(body)) {
            throw begun();
        }
    }

    private static PermanentDatabricksException begun() {
        return new PermanentDatabricksException(
                "Nothing is written: " + ONCE + ", and was begun before, by an earlier attempt or another step of the"
                        + " route. Have the message delivered again from where it comes, or give it a body that can be"
                        + " read again, such as a list.",
                ErrorDetails.none(),
                null);
    }

    /**
     * What a failure means for a message with this body: an exception that invites to send it again must not do so when the
     * body was begun.
     *
     * @return the failure that says so
     */
    public static Throwable meant(Throwable failure, Object body) {
        Throwable known =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean invites =
                known instanceof TransientDatabricksException || known instanceof RecoverableDatabricksException;
        Object source = body instanceof WrappedFile<?> file && file.getBody() != null ? file.getBody() : body;
        return !invites || !ReadOnce.isBegun(source)
                ? known
                : new PermanentDatabricksException(
                        known.getMessage() + "; " + ONCE + ", so that the message sent again would lack a part of it",
                        ErrorDetails.of((DatabricksException) known),
                        known);
    }
}
