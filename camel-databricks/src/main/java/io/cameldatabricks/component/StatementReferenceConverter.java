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

import org.apache.camel.Converter;

import io.cameldatabricks.component.statement.StatementReference;

/** Handles as text, to be written down or sent, and back. */
@Converter(generateLoader = true)
public final class StatementReferenceConverter {

    private StatementReferenceConverter() {}

    /** The text form; that of a statement over Thrift holds its secret. */
    @Converter
    public static String toText(StatementReference reference) {
        return reference.text();
    }

    /** @throws IllegalArgumentException when the text is no handle; the message does not repeat it */
    @Converter
    public static StatementReference fromText(String text) {
        return StatementReference.parse(text.strip());
    }
}
