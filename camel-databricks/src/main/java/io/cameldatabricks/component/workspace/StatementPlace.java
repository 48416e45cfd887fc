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
package io.cameldatabricks.component.workspace;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.cameldatabricks.component.statement.StatementTarget;

/** Where the statements of an endpoint run that hold no thread. Equal places lead to the same. */
public interface StatementPlace {

    /** Whether {@link #target()} neither blocks nor fails. */
    boolean isKnown();

    /**
     * Finds the place out without blocking the caller.
     *
     * @return fails with a {@link io.cameldatabricks.component.error.DatabricksException}
     */
    CompletionStage<StatementTarget> find();

    /**
     * @return the place; blocks until it is found out
     * @throws io.cameldatabricks.component.error.DatabricksException when that cannot be found out
     */
    StatementTarget target();

    /** A place that options name. */
    record Named(StatementTarget target) implements StatementPlace {

        public Named {
            Objects.requireNonNull(target);
        }

        @Override
        public boolean isKnown() {
            return true;
        }

        @Override
        public CompletionStage<StatementTarget> find() {
            return CompletableFuture.completedFuture(target);
        }
    }
}
