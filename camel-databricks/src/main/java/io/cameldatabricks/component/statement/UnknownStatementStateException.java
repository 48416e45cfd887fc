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
package io.cameldatabricks.component.statement;

import java.io.Serial;
import java.util.regex.Pattern;

/** The server used a word for the state of a statement that this version does not know. */
public final class UnknownStatementStateException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Pattern WORD = Pattern.compile("[A-Za-z_]{1,40}");

    public UnknownStatementStateException(String word) {
        super("The server reports a state of a statement that is not known: " + shown(word));
    }

    private static String shown(String word) {
        if (word == null) {
            return "none";
        }
        // anything else than a word might be text of a statement
        return WORD.matcher(word).matches() ? word : "(not a word)";
    }
}
