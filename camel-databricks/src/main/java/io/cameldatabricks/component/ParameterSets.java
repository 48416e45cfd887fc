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
package io.cameldatabricks.component;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.cameldatabricks.component.body.BegunBody;

/** The sets of parameters of a batch: those of the header CamelDatabricksParameters, else those of the body. */
final class ParameterSets {

    private ParameterSets() {}

    /**
     * @param header the value of the header CamelDatabricksParameters, or null
     * @return each a Map, a List, or one value for the only marker
     * @throws IllegalArgumentException when there are none
     */
    static List<Object> of(Object header, Object body) {
        List<Object> sets = list(header == null ? body : header);
        if (sets == null || sets.isEmpty()) {
            throw new IllegalArgumentException("The batch has no parameters: set the body or the header "
                    + DatabricksConstants.PARAMETERS
                    + " to a list with a Map or a List of values for each time that the statement shall run.");
        }
        return sets;
    }

    private static List<Object> list(Object value) {
        List<Object> list = new ArrayList<>();
        if (value instanceof Map<?, ?>) {
            return null;
        } else if (value instanceof Iterable<?> iterable) {
            iterable.forEach(list::add);
        } else if (value instanceof Iterator<?> iterator) {
            BegunBody.begin(iterator);
            iterator.forEachRemaining(list::add);
        } else if (value instanceof Stream<?> stream) {
            BegunBody.begin(stream);
            stream.forEach(list::add);
        } else if (value instanceof Object[] array) {
            list.addAll(Arrays.asList(array));
        } else {
            return null;
        }
        return list;
    }
}
