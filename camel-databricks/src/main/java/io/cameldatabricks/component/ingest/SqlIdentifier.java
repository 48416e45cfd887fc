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

/** One name in a SQL text, always in backticks, so that nothing in it is read as SQL. Stateless. */
public final class SqlIdentifier {

    /** Of the service, for names of columns, tables and schemas. */
    static final int MAX_LENGTH = 255;

    private SqlIdentifier() {}

    /**
     * @param name as the table has it, without quotes
     * @throws IllegalArgumentException when no object can have this name
     */
    public static String quote(String name) {
        check(name);
        return "`" + name.replace("`", "``") + "`";
    }

    private static void check(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a name is empty");
        }
        if (name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a name has more than " + MAX_LENGTH + " characters");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean half = Character.isHighSurrogate(c)
                    ? i + 1 == name.length() || !Character.isLowSurrogate(name.charAt(i + 1))
                    : Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(name.charAt(i - 1)));
            if (Character.isISOControl(c) || half) {
                throw new IllegalArgumentException("a name holds a control character or half a character");
            }
        }
    }
}
