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
package io.cameldatabricks.component.error;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How a server says that it does not know a session (any more). Stateless. */
final class SessionLoss {

    private static final Pattern WORDS = Pattern.compile(
            "invalid\\s?session|session( ?handle)?\\b[^,;:=(){}\\n]{0,80}\\b(closed|not (been )?(found|initialized|exist)|expired)");

    private SessionLoss() {}

    /**
     * @param chain an exception and its causes
     * @param sql the text that was sent, or null: its words prove nothing
     */
    static boolean isIn(Set<Throwable> chain, String sql) {
        return chain.stream().anyMatch(link -> link.getMessage() != null && saidBy(link.getMessage(), sql));
    }

    private static boolean saidBy(String message, String sql) {
        String answer = ThriftAnswer.withoutRequest(message);
        String text = sql == null || sql.isEmpty() ? answer : answer.replace(sql, "");
        String errorClass = ServerMessage.parse(text, null).errorClass();
        if (errorClass != null) {
            // the words of a statement that failed may be anything
            return errorClass.startsWith("INVALID_HANDLE.SESSION");
        }
        return WORDS.matcher(text.toLowerCase(Locale.ROOT)).find();
    }
}
