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
package io.cameldatabricks.testinfra.fault;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Something that goes wrong in the warehouse, from the moment that it is given to a warehouse until it is switched off.
 * Several may be active together; a call meets them in the order in which they were given.
 *
 * <p>Not thread-safe; a warehouse takes a copy.
 */
public abstract sealed class Fault permits CallFault, SlowStart {

    private final Map<String, String> fields = new LinkedHashMap<>();

    Fault() {
        set("fault", getClass().getSimpleName());
    }

    final void set(String field, String value) {
        fields.put(field, value);
    }

    /** As the control API of the warehouse takes it: an HTML form. */
    public final String form() {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Whether it can only meet statements or files that it names. */
    public boolean namesStatements() {
        return fields.containsKey("statement") || fields.containsKey("path");
    }

    static String names(CallKind... kinds) {
        return List.of(kinds).stream().map(CallKind::name).collect(Collectors.joining(","));
    }

    @Override
    public final String toString() {
        return fields.toString();
    }
}
