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

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.component.sql.SqlParameter;

/**
 * The SQL text that writes rows. Names stand in backticks and values are bound, so that nothing of a message is ever read
 * as SQL. Stateless.
 */
final class StatementText {

    /** Names that are given to the two sides of a MERGE. */
    private static final String TARGET = "`camel_target`";

    private static final String SOURCE = "`camel_source`";

    private StatementText() {}

    static BoundSql insert(TableName table, RowLayout layout, List<BoundRow> rows) {
        String columns =
                layout.names() == null ? "" : " (" + list(layout.names().names(), "") + ")";
        return bound("INSERT INTO " + table.sql() + columns + " VALUES ", rows, "");
    }

    static BoundSql merge(TableName table, RowLayout layout, MergeRules rules, List<BoundRow> rows) {
        List<String> all = layout.names().names();
        List<String> written =
                all.stream().filter(name -> !rules.isMarker(name)).toList();
        List<String> updated = written.stream().filter(rules::updates).toList();
        boolean deletes = written.size() < all.size();
        StringBuilder rest = new StringBuilder(" AS `v`(" + list(all, "") + ")) AS " + SOURCE + " ON ");
        rest.append(rules.keys().names().stream()
                .map(SqlIdentifier::quote)
                .map(name -> TARGET + "." + name + " = " + SOURCE + "." + name)
                .collect(Collectors.joining(" AND ")));
        String newer = rules.version() == null ? "" : newer(SqlIdentifier.quote(rules.version()));
        String marker = deletes ? SOURCE + "." + SqlIdentifier.quote(rules.deleteMarker()) : null;
        if (deletes) {
            rest.append(" WHEN MATCHED AND ").append(marker).append(newer).append(" THEN DELETE");
        }
        if (!updated.isEmpty()) {
            rest.append(" WHEN MATCHED")
                    .append(newer)
                    .append(" THEN UPDATE SET ")
                    .append(updated.stream()
                            .map(SqlIdentifier::quote)
                            .map(name -> name + " = " + SOURCE + "." + name)
                            .collect(Collectors.joining(", ")));
        }
        rest.append(" WHEN NOT MATCHED ")
                .append(deletes ? "AND NOT " + marker + " " : "")
                .append("THEN INSERT (")
                .append(list(written, ""))
                .append(") VALUES (")
                .append(list(written, SOURCE + "."))
                .append(')');
        return bound(
                "MERGE INTO " + table.sql() + " AS " + TARGET + " USING (SELECT * FROM VALUES ", rows, rest.toString());
    }

    /** Whether the row is younger than that of the table; one without a version is older than any. */
    private static String newer(String version) {
        return " AND (" + TARGET + "." + version + " IS NULL OR " + SOURCE + "." + version + " > " + TARGET + "."
                + version + ")";
    }

    private static String list(List<String> names, String before) {
        return names.stream().map(name -> before + SqlIdentifier.quote(name)).collect(Collectors.joining(", "));
    }

    private static BoundSql bound(String head, List<BoundRow> rows, String tail) {
        StringBuilder sql = new StringBuilder(head);
        List<SqlParameter> parameters = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            sql.append(i == 0 ? "" : ", ").append(rows.get(i).text());
            parameters.addAll(rows.get(i).parameters());
        }
        return new BoundSql(sql.append(tail).toString(), parameters);
    }
}
