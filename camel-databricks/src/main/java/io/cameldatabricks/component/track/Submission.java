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
package io.cameldatabricks.component.track;

import java.util.Objects;

import io.cameldatabricks.component.statement.CarriedHeaders;
import io.cameldatabricks.component.statement.StatementRequest;
import io.cameldatabricks.component.statement.StatementTarget;

/**
 * A statement that is to be submitted and then watched. Immutable.
 *
 * @param name of the endpoint that delivers it
 * @param target where it runs
 * @param request what is submitted
 * @param headers that come back with the result
 * @param correlationId what the user calls it, or null
 * @param guarantee what is done when no answer comes
 * @param returnsRows whether the statement certainly returns rows, see {@link
 *     io.cameldatabricks.component.statement.StatementOrigin#returnsRows()}
 */
public record Submission(
        String name,
        StatementTarget target,
        StatementRequest request,
        CarriedHeaders headers,
        String correlationId,
        SubmitGuarantee guarantee,
        boolean returnsRows) {

    public Submission {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(guarantee, "guarantee");
    }
}
