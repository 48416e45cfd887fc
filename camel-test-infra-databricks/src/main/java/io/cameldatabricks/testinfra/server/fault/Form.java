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
package io.cameldatabricks.testinfra.server.fault;

import java.util.List;
import java.util.Map;

/** Reads the fields of a form. */
final class Form {

    private Form() {}

    static String first(Map<String, List<String>> form, String field, String whenAbsent) {
        return form.getOrDefault(field, List.of(whenAbsent == null ? "" : whenAbsent)).stream()
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(whenAbsent);
    }

    static int number(Map<String, List<String>> form, String field, int whenAbsent) {
        String text = first(form, field, null);
        if (text == null) {
            return whenAbsent;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("Field '" + field + "' must be a number that is not negative.");
    }

    static <E extends Enum<E>> E choice(Map<String, List<String>> form, String field, E whenAbsent) {
        String text = first(form, field, null);
        return text == null ? whenAbsent : choice(whenAbsent.getDeclaringClass(), field, text);
    }

    static <E extends Enum<E>> E choice(Class<E> type, String field, String text) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("Field '" + field + "' has an unknown value: " + text);
    }
}
