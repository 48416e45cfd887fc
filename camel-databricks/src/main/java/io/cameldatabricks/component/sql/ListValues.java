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

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The values of an IN list, from whatever a message holds. */
final class ListValues {

    private ListValues() {}

    /**
     * As camel-sql does: the elements of an Iterable, Iterator or array, the parts of a String between its commas; any
     * other value is a list of one.
     */
    static List<Object> of(String name, Object value) {
        if (value instanceof Iterable<?> iterable) {
            return drain(iterable.iterator());
        }
        if (value instanceof Iterator<?> iterator) {
            if (!ReadOnce.begin(iterator)) {
                throw new InvalidParameterException(
                        name,
                        "The parameter '" + name
                                + "' is an iterator that can be read only once, and was, by an earlier statement or attempt;"
                                + " give a list.");
            }
            return drain(iterator);
        }
        if (value instanceof String list) {
            return list.isEmpty() ? List.of() : new ArrayList<>(Arrays.asList(list.split(",", -1)));
        }
        if (value instanceof Map) {
            throw new InvalidParameterException(
                    name,
                    "The parameter '" + name + "' is a Map, which is no list for IN; give a Collection or an array.");
        }
        if (value != null && value.getClass().isArray() && !(value instanceof byte[])) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                values.add(Array.get(value, i));
            }
            return values;
        }
        return Collections.singletonList(value);
    }

    private static List<Object> drain(Iterator<?> iterator) {
        List<Object> values = new ArrayList<>();
        iterator.forEachRemaining(values::add);
        return values;
    }
}
