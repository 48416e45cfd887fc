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

import java.util.Optional;
import java.util.function.Supplier;

import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementReference;

/** Which handle a message is about. */
final class MessageReference {

    private MessageReference() {}

    /**
     * The body, if that is a handle, else the header, else the body as text.
     *
     * @param header the value of the header CamelDatabricksHandle, or null
     * @param headerText the header as text
     * @param bodyText the body as text, which may be null
     * @throws IllegalArgumentException when there is none, or when its text is none
     */
    static StatementReference of(Object body, Object header, Supplier<String> headerText, Supplier<String> bodyText) {
        return ofValue(body)
                .or(() -> ofValue(header))
                .or(() -> Optional.ofNullable((header == null ? bodyText : headerText).get())
                        .map(MessageReference::parse))
                .orElseThrow(() -> new IllegalArgumentException("The handle is missing: set the body or the header "
                        + DatabricksConstants.HANDLE + " to what SUBMIT gave, or to its text."));
    }

    private static Optional<StatementReference> ofValue(Object value) {
        if (value instanceof StatementReference reference) {
            return Optional.of(reference);
        }
        if (value instanceof StatementHandle handle) {
            return handle.reference();
        }
        return value instanceof String text && text.startsWith(StatementReference.PREFIX)
                ? Optional.of(parse(text))
                : Optional.empty();
    }

    private static StatementReference parse(String text) {
        return StatementReference.parse(text.strip());
    }
}
