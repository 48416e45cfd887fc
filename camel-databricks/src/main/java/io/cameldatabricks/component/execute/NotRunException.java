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

import java.io.Serial;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.NotRun;

/**
 * Carries a failed attempt to {@link RepeatedCall}, which alone may throw it away for another attempt. Never leaves this
 * room.
 */
final class NotRunException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final NotRun proof;
    private final transient DatabricksException failure;

    /**
     * @param proof why it is certain that nothing of the attempt ran
     * @param failure what to tell when there is no other attempt
     */
    NotRunException(NotRun proof, DatabricksException failure) {
        super(null, failure, false, false);
        this.proof = proof;
        this.failure = failure;
    }

    NotRun proof() {
        return proof;
    }

    DatabricksException failure() {
        return failure;
    }
}
