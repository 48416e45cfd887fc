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
package io.cameldatabricks.component.repository;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.cameldatabricks.component.statement.StatementHandle;

/**
 * What one call of {@link StatementHandleRepository#takeOver} brought. Immutable.
 *
 * @param rows how many rows were taken from dead nodes, those included that only became free
 * @param owned INTENDED and SUBMITTED handles that this node owns now
 * @param ages by key, how long ago the INTENDED ones of these were added, by the clock of the repository
 */
public record Takeover(int rows, List<StatementHandle> owned, Map<String, Duration> ages) {

    public Takeover {
        owned = List.copyOf(owned);
        ages = Map.copyOf(ages);
    }

    /** Nobody has died. */
    public static Takeover none() {
        return new Takeover(0, List.of(), Map.of());
    }
}
