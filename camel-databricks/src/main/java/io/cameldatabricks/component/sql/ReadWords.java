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

import java.util.Locale;
import java.util.Set;

/** Tells from the words of a statement whether it certainly only reads. In doubt it does not. For one thread. */
final class ReadWords {

    private static final Set<String> READ =
            Set.of("SELECT", "VALUES", "TABLE", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "LIST", "WITH");
    private static final Set<String> WRITE = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "INTO");

    private String first;
    private boolean mayWrite;

    /** The next word outside of literals, quoted names and comments. */
    void word(String word) {
        String upper = word.length() > 8 ? "" : word.toUpperCase(Locale.ROOT);
        if (first == null) {
            first = upper;
        }
        mayWrite |= WRITE.contains(upper);
    }

    /** A SELECT cannot write, but what follows the named queries of a WITH can. */
    boolean readsOnly() {
        return first != null && READ.contains(first) && !(first.equals("WITH") && mayWrite);
    }
}
