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
package io.cameldatabricks.component.sql;

/**
 * A parameter is missing, surplus, or has a value that cannot be bound. The message is one sentence that names the
 * parameter and the remedy. It never holds the value.
 */
public final class InvalidParameterException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String parameterName;

    public InvalidParameterException(String parameterName, String message) {
        super(message);
        this.parameterName = parameterName;
    }

    /** @return the name, {@code ?1} for the first positional marker, or null if the fault is of the statement as a whole */
    public String parameterName() {
        return parameterName;
    }
}
