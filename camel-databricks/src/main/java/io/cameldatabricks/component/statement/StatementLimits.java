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
package io.cameldatabricks.component.statement;

/**
 * How much a statement may return. Immutable.
 *
 * @param rows the server stops after as many rows; 0 for all
 * @param bytes the server stops after as many bytes; 0 for all
 */
public record StatementLimits(long rows, long bytes) {

    private static final StatementLimits NONE = new StatementLimits(0, 0);

    public StatementLimits {
        if (rows < 0 || bytes < 0) {
            throw new IllegalArgumentException("rowLimit and byteLimit must be 0 (all) or more");
        }
    }

    public static StatementLimits none() {
        return NONE;
    }
}
