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
package io.cameldatabricks.testinfra.server.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code SET QUERY_TAGS['team'] = 'blue', QUERY_TAGS['old'] = UNSET}: tags belong to the query history, which the server
 * keeps, so it answers this statement itself, whatever its engine is.
 */
final class QueryTagsStatement {

    private static final String LITERAL = "'((?:[^'\\\\]|\\\\.|'')*)'";
    private static final String ENTRY =
            "QUERY_TAGS\\s*\\[\\s*" + LITERAL + "\\s*]\\s*=\\s*(?:" + LITERAL + "|NULL|(UNSET))\\s*";
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
    private static final Pattern WHOLE =
            Pattern.compile("\\s*SET\\s+" + ENTRY + "(?:,\\s*" + ENTRY + ")*;?\\s*", FLAGS);
    private static final Pattern ONE = Pattern.compile(ENTRY, FLAGS);

    private final String sql;

    private QueryTagsStatement(String sql) {
        this.sql = sql;
    }

    static Optional<QueryTagsStatement> of(String sql) {
        // a look at the beginning saves the pattern a long text
        boolean may = sql.length() < 100_000 && sql.stripLeading().regionMatches(true, 0, "SET", 0, 3);
        return may && WHOLE.matcher(sql).matches() ? Optional.of(new QueryTagsStatement(sql)) : Optional.empty();
    }

    /** @return the tags of the session from now on; a tag of a key alone has an empty value */
    Map<String, String> appliedTo(Map<String, String> tags) {
        Map<String, String> changed = new LinkedHashMap<>(tags);
        Matcher entry = ONE.matcher(sql);
        while (entry.find()) {
            String key = unquoted(entry.group(1)).trim();
            if (entry.group(3) != null) {
                changed.remove(key);
            } else {
                changed.put(
                        key,
                        entry.group(2) == null ? "" : unquoted(entry.group(2)).trim());
            }
        }
        return Collections.unmodifiableMap(changed);
    }

    private static String unquoted(String literal) {
        return literal.replace("''", "'").replaceAll("(?s)\\\\(.)", "$1");
    }
}
