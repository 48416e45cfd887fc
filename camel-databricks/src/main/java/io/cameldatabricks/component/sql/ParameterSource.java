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

import java.util.List;
import java.util.Set;

/** Where a statement's parameters come from, for one execution. Need not be thread-safe. */
public interface ParameterSource {

    /**
     * The value of {@code :name} or {@code :#name}, or the list of {@code :#in:name}.
     *
     * @param name the name as written in the text, case-sensitive
     */
    Lookup named(String name);

    /**
     * The value of a Camel expression marker.
     *
     * @param text the expression with its braces, such as <code>${body.id}</code>
     */
    default Lookup expression(String text) {
        return Lookup.absent();
    }

    /** The values of the {@code ?} markers in order; empty if there are none. */
    List<?> positional();

    /** Names that were given for this statement alone, so that one of them that the text does not use is an error. */
    Set<String> declaredNames();
}
