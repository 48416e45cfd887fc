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
package io.cameldatabricks.component.event;

import java.util.Locale;
import java.util.concurrent.CompletionException;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RateLimitedException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.ResultExpiredException;
import io.cameldatabricks.component.error.ResultTruncatedException;
import io.cameldatabricks.component.error.StatementDetachedException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;

/** How something ended, in the words of the exceptions: few, so that they can be the tag of a meter. */
public enum Outcome {
    SUCCEEDED,
    /** May succeed later. */
    TRANSIENT,
    /** May succeed on another connection. */
    RECOVERABLE,
    /** Fails again. */
    PERMANENT,
    /** Refused because there were too many. */
    RATE_LIMITED,
    /** No answer came to a submit. */
    SUBMIT_UNKNOWN,
    RESULT_EXPIRED,
    RESULT_TRUNCATED,
    /** Left running. */
    DETACHED,
    /** Not a failure of Databricks: bad input, or a mistake. */
    OTHER;

    /** @param failure null for none */
    public static Outcome of(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause == null) {
            return SUCCEEDED;
        } else if (cause instanceof RateLimitedException) {
            return RATE_LIMITED;
        } else if (cause instanceof SubmitOutcomeUnknownException) {
            return SUBMIT_UNKNOWN;
        } else if (cause instanceof ResultExpiredException) {
            return RESULT_EXPIRED;
        } else if (cause instanceof ResultTruncatedException) {
            return RESULT_TRUNCATED;
        } else if (cause instanceof StatementDetachedException) {
            return DETACHED;
        } else if (cause instanceof TransientDatabricksException) {
            return TRANSIENT;
        } else if (cause instanceof RecoverableDatabricksException) {
            return RECOVERABLE;
        }
        return cause instanceof PermanentDatabricksException ? PERMANENT : OTHER;
    }

    /** As meters show it: lower case. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
