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

import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementStatus;

/**
 * A statement that the server has. Immutable.
 *
 * @param handle SUBMITTED
 * @param status what the server said to the submit; null when the statement was found by its tag
 */
public record Submitted(StatementHandle handle, StatementStatus status) {

    public Submitted {
        Objects.requireNonNull(handle, "handle");
    }
}
