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
package io.cameldatabricks.component.execute;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.WeakHashMap;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.statement.QueryTags;

/**
 * Query tags over JDBC. The driver knows tags of a session only, so before a statement the session of the borrowed
 * connection gets the tags that the statement wants, and loses those that it does not: one request more, but only when
 * they differ from those of the statement before. See
 * <a href="https://docs.databricks.com/sql/language-manual/sql-ref-syntax-aux-conf-mgmt-set-query-tags.html">SET
 * QUERY_TAGS</a>. Safe for many threads.
 */
final class SessionTags {

    /** What a session has; a failed change leaves open which. */
    private record Known(QueryTags tags, Set<String> possibleKeys) {}

    private final Map<Connection, Known> sessions = new WeakHashMap<>();

    /**
     * Makes the tags those of the connection's session.
     *
     * @throws SQLException when that failed; the statement must not run then, nor has it run
     */
    void apply(QueryTags wanted, Connection connection) throws SQLException {
        Connection session = DriverAnswer.physical(connection);
        if (session == null) {
            if (!wanted.isEmpty()) {
                throw new PermanentDatabricksException(
                        "The connections of this dataSource are not those of the Databricks driver, so that a statement"
                                + " cannot be tagged: remove queryTags and autoTags",
                        ErrorDetails.none(),
                        null);
            }
            return;
        }
        Known known = known(session);
        if (wanted.equals(known.tags())) {
            return;
        }
        Set<String> possible = new LinkedHashSet<>(known.possibleKeys());
        possible.addAll(wanted.asMap().keySet());
        remember(session, new Known(null, possible));
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql(wanted, known.possibleKeys()));
        }
        remember(session, new Known(wanted, wanted.asMap().keySet()));
    }

    private synchronized Known known(Connection session) {
        return sessions.getOrDefault(session, new Known(QueryTags.none(), Set.of()));
    }

    private synchronized void remember(Connection session, Known known) {
        sessions.put(session, known);
    }

    private static String sql(QueryTags wanted, Set<String> possibleKeys) {
        StringJoiner sql = new StringJoiner(", ", "SET ", "");
        wanted.asMap().forEach((key, value) -> sql.add(entry(key, value == null ? "NULL" : literal(value))));
        for (String key : possibleKeys) {
            if (!wanted.asMap().containsKey(key)) {
                sql.add(entry(key, "UNSET"));
            }
        }
        return sql.toString();
    }

    private static String entry(String key, String value) {
        return "QUERY_TAGS[" + literal(key) + "] = " + value;
    }

    /** Tags hold no control characters, so these two are all that could end the literal. */
    private static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
