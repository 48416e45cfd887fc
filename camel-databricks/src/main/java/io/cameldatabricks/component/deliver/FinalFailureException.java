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
package io.cameldatabricks.component.deliver;

import java.io.Serial;
import java.util.Objects;

/** The route was told, could not handle it, and would fare no better the next time. The handle is buried at once. */
public final class FinalFailureException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param failure that the route did not handle */
    public FinalFailureException(Throwable failure) {
        super("Not handled by the route", Objects.requireNonNull(failure, "failure"));
    }
}
