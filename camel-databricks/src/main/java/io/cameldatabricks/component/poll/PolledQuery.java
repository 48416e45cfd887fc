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
package io.cameldatabricks.component.poll;

import io.cameldatabricks.component.ingest.SqlIdentifier;
import io.cameldatabricks.component.ingest.TableName;

/**
 * What is asked at each poll. With an incrementing column rows come in its order, those after the position only, and never
 * a part of the rows that have the same value in it: else the rest of them would be skipped at the next poll. Immutable.
 */
public final class PolledQuery {

    /** The parameter that has the value of the position. */
    public static final String POSITION = "camelPosition";

    /** The version of the table that a change belongs to, in a change data feed. */
    static final String COMMIT_VERSION = "_commit_version";

    private final String query;
    private final TableName feed;
    private final String column;
    private final int limit;

    private PolledQuery(String query, TableName feed, String column, int limit) {
        this.query = query;
        this.feed = feed;
        this.column = column;
        this.limit = limit;
    }

    /**
     * Rows of a query.
     *
     * @param sql one SELECT
     * @param column whose values grow, or null for none
     * @param limit most rows of a poll, or 0; with a column, rows that have the same value as the last one come too
     */
    public static PolledQuery of(String sql, String column, int limit) {
        if (column != null) {
            SqlIdentifier.quote(column);
        }
        return new PolledQuery(sql, null, column, limit);
    }

    /**
     * Changes of a table, of whole versions.
     *
     * @param limit most changes of a poll, or 0; the changes of a version come together
     */
    public static PolledQuery ofChanges(TableName table, int limit) {
        return new PolledQuery(null, table, COMMIT_VERSION, limit);
    }

    /** The column that says how far the query has been read, or null. */
    public String column() {
        return column;
    }

    /**
     * @param after null to begin with the first row
     * @return the text, with the parameter {@link #POSITION} if there is a position
     */
    public String sql(Position after) {
        return sql(after, after == null || feed == null ? 0 : Math.max(0, after.version()));
    }

    /**
     * Asks for the same changes without the version of the position, which the table may have forgotten after its log
     * retention although no change after it is lost. Fails where there is no later version yet.
     *
     * @return null where there is no such thing to ask
     */
    public String sqlOfLaterVersions(Position after) {
        return feed == null || after == null ? null : sql(after, after.version() + 1);
    }

    private String sql(Position after, long from) {
        if (column == null) {
            return limit == 0 ? query : "SELECT * FROM (\n" + query + "\n) LIMIT " + limit;
        }
        String name = SqlIdentifier.quote(column);
        String rows = feed == null ? "(\n" + query + "\n)" : changes(from);
        String rest = after == null ? name + " IS NOT NULL" : name + " > " + value();
        StringBuilder sql = new StringBuilder("SELECT * FROM ")
                .append(rows)
                .append(" WHERE ")
                .append(rest);
        if (limit > 0) {
            sql.append(" AND ")
                    .append(name)
                    .append(" <= (SELECT max(")
                    .append(name)
                    .append(") FROM (SELECT ")
                    .append(name)
                    .append(" FROM ")
                    .append(rows)
                    .append(" WHERE ")
                    .append(rest)
                    .append(" ORDER BY ")
                    .append(name)
                    .append(" LIMIT ")
                    .append(limit)
                    .append("))");
        }
        return sql.append(" ORDER BY ").append(name).toString();
    }

    private String value() {
        return feed == null ? ":" + POSITION : "CAST(:" + POSITION + " AS BIGINT)";
    }

    /** From the version of the position on, since the one after it need not exist yet. */
    private String changes(long from) {
        String table = feed.sql().replace("\\", "\\\\").replace("'", "\\'");
        return "table_changes('" + table + "', " + from + ")";
    }
}
