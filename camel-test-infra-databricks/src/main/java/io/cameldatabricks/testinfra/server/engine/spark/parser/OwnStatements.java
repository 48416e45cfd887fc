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
package io.cameldatabricks.testinfra.server.engine.spark.parser;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

import io.cameldatabricks.testinfra.server.engine.spark.command.LocalCommand;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;

/** Tries each family of statements that only this warehouse knows. */
final class OwnStatements {

    private static final Set<String> FIRST_WORDS = Set.of(
            "ALTER",
            "BEGIN",
            "CALL",
            "COMMENT",
            "COMMIT",
            "CONVERT",
            "COPY",
            "CREATE",
            "DENY",
            "DESC",
            "DESCRIBE",
            "DROP",
            "FSCK",
            "GET",
            "GRANT",
            "LIST",
            "PUT",
            "REMOVE",
            "REVOKE",
            "ROLLBACK",
            "SET",
            "SHOW",
            "SYNC",
            "UNDROP",
            "USE");

    private OwnStatements() {}

    /** @return the plan, or null when Spark or Delta shall parse the statement */
    static LogicalPlan parse(String sql, SessionNames names, ParserInterface delta) throws ParseException {
        List<Token> first = Tokenizer.tokens(sql, 1);
        if (first.isEmpty() || !FIRST_WORDS.contains(first.get(0).text().toUpperCase(Locale.ROOT))) {
            return null;
        }
        TokenReader reader = new TokenReader(sql, Tokenizer.tokens(sql));
        OtherStatements.refuse(reader);
        if (reader.accept("SET", "QUERY_TAGS") && reader.acceptSymbol('[')) {
            // without a session there is nothing that could keep them; the server answers all others itself
            return LocalCommand.silent("SetQueryTags", () -> {});
        }
        reader.back(0);
        LogicalPlan plan = CatalogStatements.parse(reader, names);
        if (plan == null) {
            plan = VolumeStatements.parse(reader, names);
        }
        if (plan == null) {
            plan = CopyStatements.parse(reader, names);
        }
        if (plan == null) {
            plan = FileStatements.parse(reader, names);
        }
        if (plan == null) {
            plan = GrantStatements.parse(reader, names);
        }
        if (plan == null) {
            plan = MetadataShows.parse(reader, names);
        }
        reader.back(0);
        if (plan == null) {
            plan = AlterStatements.parse(reader, names, delta);
            reader.back(0);
        }
        if (plan == null) {
            plan = CloneStatements.parse(reader, names);
        }
        return plan;
    }
}
