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
package io.cameldatabricks.component.client.sea;

import java.io.IOException;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.FailureFacts;
import io.cameldatabricks.component.error.FailureFacts.Kind;
import io.cameldatabricks.component.error.FailureTranslator;
import io.cameldatabricks.component.retry.NotSentException;
import io.cameldatabricks.component.statement.StatementId;

/**
 * Gathers the facts of a call that failed; what they mean is decided in {@link FailureTranslator}. Stateless.
 */
public final class SeaErrors {

    private static final Set<String> GONE = Set.of("NOT_FOUND", "RESOURCE_DOES_NOT_EXIST");

    private SeaErrors() {}

    /** Whether the API itself says that it does not know the statement: a gateway's 404 says nothing about it. */
    static boolean statementGone(HttpAnswer answer) {
        if (answer.status() != 404) {
            return false;
        }
        return statementGone(
                SeaJson.readOrMissing(answer.body()).path("error_code").asText(""));
    }

    /** @param errorCode of the API in an answer with status 404 */
    public static boolean statementGone(String errorCode) {
        return errorCode != null && GONE.contains(errorCode);
    }

    /**
     * @param answer of another status than success
     * @param phase {@link CallPhase#SUBMIT} when the answer decides whether a statement runs, else {@link CallPhase#ASK}
     * @param id the statement, or null
     */
    static DatabricksException of(HttpAnswer answer, CallPhase phase, StatementId id) {
        JsonNode body = SeaJson.readOrMissing(answer.body());
        FailureFacts facts = FailureFacts.ofHttp(
                answer.status(),
                body.path("error_code").asText(""),
                body.path("message").asText(null));
        return decide(facts, phase, id, null);
    }

    /** @param failure as {@link SeaHttp} throws it; another unchecked exception is returned as it is */
    static RuntimeException of(Throwable failure, CallPhase phase, StatementId id) {
        if (failure instanceof NotSentException) {
            return decide(FailureFacts.of(Kind.NEVER_SENT, kind(failure.getCause())), phase, id, failure);
        }
        if (failure instanceof IOException) {
            return decide(FailureFacts.of(Kind.BROKEN, kind(failure)), phase, id, failure);
        }
        if (failure instanceof SeaHttp.NoTokenException) {
            return decide(FailureFacts.of(Kind.NO_TOKEN, failure.getMessage()), phase, id, null);
        }
        if (failure instanceof SeaHttp.UntrustedServerException) {
            return decide(FailureFacts.untrusted(failure), phase, id, failure);
        }
        if (failure instanceof RuntimeException known) {
            return known;
        }
        return decide(FailureFacts.of(Kind.NOTHING, kind(failure)), phase, id, failure);
    }

    /** An answer that is no answer. */
    static DatabricksException unreadable(String why, CallPhase phase, StatementId id) {
        return decide(FailureFacts.unreadable(why), phase, id, null);
    }

    private static DatabricksException decide(FailureFacts facts, CallPhase phase, StatementId id, Throwable cause) {
        return FailureTranslator.decide(facts, phase, id == null ? null : id.publicPart(), cause);
    }

    private static String kind(Throwable failure) {
        return failure == null ? null : failure.getClass().getSimpleName();
    }
}
