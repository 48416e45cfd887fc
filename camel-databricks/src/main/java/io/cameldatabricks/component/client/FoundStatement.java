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
package io.cameldatabricks.component.client;

import java.time.Instant;
import java.util.Objects;

import io.cameldatabricks.component.statement.StatementStatus;

/**
 * A statement that was found by its tag. Immutable.
 *
 * @param status as the history has it: a hint only, which may be late
 * @param startedAt when the server took it, by the server's clock
 */
public record FoundStatement(StatementStatus status, Instant startedAt) {

    public FoundStatement {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(startedAt, "startedAt");
    }
}
