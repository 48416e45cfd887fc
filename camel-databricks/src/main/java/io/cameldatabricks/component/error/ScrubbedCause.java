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
package io.cameldatabricks.component.error;

import java.io.Serial;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Stands for an exception of the driver: its class, its stack and its causes, without the messages, which may hold SQL
 * text. The driver's own exception is logged at DEBUG.
 */
final class ScrubbedCause extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private ScrubbedCause(Throwable original, Throwable cause) {
        super(original.getClass().getName() + " (its message may hold SQL text and is logged at DEBUG only)", cause);
        setStackTrace(original.getStackTrace());
    }

    static ScrubbedCause of(Throwable original) {
        return of(original, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static ScrubbedCause of(Throwable original, Set<Throwable> seen) {
        if (original == null || !seen.add(original)) {
            return null;
        }
        return new ScrubbedCause(original, of(original.getCause(), seen));
    }

    @Override
    public String toString() {
        return getMessage();
    }
}
