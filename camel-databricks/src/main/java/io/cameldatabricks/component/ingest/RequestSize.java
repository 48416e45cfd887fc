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
package io.cameldatabricks.component.ingest;

import io.cameldatabricks.component.sql.SqlParameter;

/** How many bytes text and values take in the JSON of a request; never less than they do. Stateless. */
final class RequestSize {

    /** Names, type and ordinal of one parameter. */
    private static final int PARAMETER = 80;

    private RequestSize() {}

    static long of(SqlParameter parameter) {
        String text = parameter.text();
        return PARAMETER + (text == null ? 0 : of(text));
    }

    static long of(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == 0x7f) {
                // written as an escape of six characters
                bytes += 6;
            } else if (c == '"' || c == '\\') {
                bytes += 2;
            } else {
                // half of a pair takes two of the four bytes of the pair
                bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            }
        }
        return bytes;
    }
}
