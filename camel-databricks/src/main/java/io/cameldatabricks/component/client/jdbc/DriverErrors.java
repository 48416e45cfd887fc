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

import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import com.databricks.internal.sdk.core.DatabricksError;

import io.cameldatabricks.component.client.sea.SeaErrors;
import io.cameldatabricks.component.client.sea.SeaErrors.Purpose;
import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.FailureTranslator;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.statement.ForeignHandleException;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.UnknownStatementStateException;

/**
 * What the driver throws, checked or not, in the port's words: those of the REST client where the same server said the same
 * thing.
 */
final class DriverErrors {

    private DriverErrors() {}

    /**
     * @param sql that was sent, or null; only used to keep it out of the message
     */
    static RuntimeException of(Throwable failure, Purpose purpose, StatementId id, String sql) {
        if (failure instanceof DatabricksException
                || failure instanceof UnknownStatementStateException
                || failure instanceof ForeignHandleException) {
            return (RuntimeException) failure;
        }
        CallPhase phase = purpose == Purpose.SUBMIT ? CallPhase.EXECUTE : CallPhase.FETCH;
        DatabricksException translated =
                FailureTranslator.translate(failure, phase, id == null ? null : id.publicPart(), sql);
        if (isSessionGone(translated)
                || link(failure, IOException.class::isInstance).isPresent()) {
            return translated;
        }
        Optional<DatabricksError> answer =
                link(failure, DriverErrors::isHttpAnswer).map(DatabricksError.class::cast);
        if (answer.isPresent()) {
            DatabricksError said = answer.get();
            return SeaErrors.of(said.getStatusCode(), said.getErrorCode(), said.getMessage(), purpose, id);
        }
        if (translated.getHttpStatus() != null) {
            return SeaErrors.of(translated.getHttpStatus(), translated.getErrorCode(), null, purpose, id);
        }
        return purpose == Purpose.ANY_OTHER && saysNothing(translated)
                ? new TransientDatabricksException(
                        "The driver failed without a reason: "
                                + failure.getClass().getSimpleName(),
                        new ErrorDetails(id == null ? null : id.publicPart(), null, null, null, null),
                        translated.getCause())
                : translated;
    }

    private static boolean saysNothing(DatabricksException failure) {
        return failure instanceof PermanentDatabricksException
                && failure.getHttpStatus() == null
                && failure.getSqlState() == null
                && failure.getErrorCode() == null;
    }

    /** The server refused a call because it does not know the session any more: whatever was sent did not run. */
    private static boolean isSessionGone(DatabricksException failure) {
        boolean tokenRefused = failure.getHttpStatus() != null && failure.getHttpStatus() == 401;
        return failure instanceof RecoverableDatabricksException
                && !tokenRefused
                && !"CLOSED".equals(failure.getState());
    }

    private static boolean isHttpAnswer(Throwable link) {
        return link instanceof DatabricksError error && error.getStatusCode() >= 300 && error.getStatusCode() < 600;
    }

    private static Optional<Throwable> link(Throwable failure, Predicate<Throwable> wanted) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable next = failure; next != null && seen.add(next); next = next.getCause()) {
            if (wanted.test(next)) {
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }
}
