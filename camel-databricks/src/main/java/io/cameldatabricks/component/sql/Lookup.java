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
 * The answer to a question for a parameter's value: found, where the value may be null, or absent. Immutable.
 */
public final class Lookup {

    private static final Lookup ABSENT = new Lookup(false, null);

    private final boolean found;
    private final Object value;

    private Lookup(boolean found, Object value) {
        this.found = found;
        this.value = value;
    }

    /** @param value the parameter's value, null stands for SQL NULL */
    public static Lookup found(Object value) {
        return new Lookup(true, value);
    }

    public static Lookup absent() {
        return ABSENT;
    }

    public boolean isFound() {
        return found;
    }

    /** @return the value, null if it is null or if the parameter is absent */
    public Object value() {
        return value;
    }

    /** Without the value, which may be secret. */
    @Override
    public String toString() {
        return found ? "found" : "absent";
    }
}
