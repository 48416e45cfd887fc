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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructType;

import io.cameldatabricks.testinfra.server.engine.spark.command.LocalCommand;
import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.information.KeyConstraint;
import io.cameldatabricks.testinfra.server.engine.spark.information.TableDetails;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.Grant;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.Securable;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;

/** Forms of ALTER and COMMENT ON that Spark's grammar lacks: owners, dropped keys, comments on columns. */
final class AlterStatements {

    private AlterStatements() {}

    /** @return the plan, or null when the statement is none of these */
    static LogicalPlan parse(TokenReader reader, SessionNames names, ParserInterface delta) throws ParseException {
        if (reader.accept("COMMENT", "ON", "COLUMN")) {
            return commentOnColumn(reader, delta);
        }
        if (!reader.accept("ALTER") || reader.atEnd()) {
            return null;
        }
        String kind = reader.peek().text().toUpperCase(Locale.ROOT);
        reader.skip();
        if (reader.atEnd() || !reader.peek().isName()) {
            return null;
        }
        List<String> parts = reader.names();
        reader.accept("SET");
        if (reader.accept("OWNER", "TO")) {
            return owner(reader, kind, parts, names);
        }
        if (kind.equals("TABLE") && reader.accept("DROP")) {
            return dropKey(reader, names.object(parts), names);
        }
        return null;
    }

    private static LogicalPlan commentOnColumn(TokenReader reader, ParserInterface delta) throws ParseException {
        List<String> parts = reader.names();
        reader.require("IS");
        String comment = reader.accept("NULL") ? "''" : reader.rest();
        int last = parts.size() - 1;
        if (last < 1) {
            throw reader.unexpected();
        }
        return delta.parsePlan("ALTER TABLE " + quoted(parts.subList(0, last)) + " ALTER COLUMN "
                + quoted(List.of(parts.get(last))) + " COMMENT " + comment);
    }

    private static String quoted(List<String> parts) {
        return String.join(
                ".",
                parts.stream().map(part -> "`" + part.replace("`", "``") + "`").toList());
    }

    private static LogicalPlan owner(TokenReader reader, String kind, List<String> parts, SessionNames names) {
        String principal = reader.nextIsString() ? reader.string() : reader.name();
        reader.end();
        Securable on;
        if (kind.equals("CATALOG")) {
            names.metastore().requireCatalog(parts.get(0));
            on = new Securable(kind, List.of(SchemaName.normal(parts.get(0))));
        } else if (kind.equals("SCHEMA") || kind.equals("DATABASE")) {
            SchemaName schema = names.existingSchema(parts);
            on = new Securable("SCHEMA", List.of(schema.catalog(), schema.schema()));
        } else {
            ObjectName object = names.object(parts);
            on = new Securable(
                    kind, List.of(object.schema().catalog(), object.schema().schema(), object.name()));
        }
        return LocalCommand.silent("SetOwner", () -> names.metastore().grant(List.of(new Grant(principal, "OWN", on))));
    }

    private static LogicalPlan dropKey(TokenReader reader, ObjectName table, SessionNames names) {
        boolean primary = reader.accept("PRIMARY", "KEY");
        boolean foreign = !primary && reader.accept("FOREIGN", "KEY");
        if (!primary && !foreign && !reader.accept("CONSTRAINT")) {
            return null;
        }
        boolean ifExists = reader.accept("IF", "EXISTS");
        List<String> columns = foreign ? columns(reader) : List.of();
        String name = primary || foreign ? null : reader.name();
        Optional<KeyConstraint> found = TableDetails.find(names.session(), table).stream()
                .flatMap(details -> details.keys().stream())
                .filter(key -> matches(key, name, primary, columns))
                .findFirst();
        if (found.isEmpty() && name != null) {
            // perhaps a CHECK, which Delta drops
            return null;
        }
        return new LocalCommand("DropKey", new StructType(), session -> {
            if (found.isPresent()) {
                session.sql("ALTER TABLE " + table.quoted() + " UNSET TBLPROPERTIES ('"
                        + found.get().propertyKey() + "')");
            } else if (!ifExists) {
                throw LocalFailure.of(
                        "CONSTRAINT_DOES_NOT_EXIST",
                        "42704",
                        "Cannot drop the key of table " + table.quoted() + " because it has none.");
            }
            return List.of();
        });
    }

    private static boolean matches(KeyConstraint key, String name, boolean primary, List<String> columns) {
        if (name != null) {
            return key.name().equalsIgnoreCase(name);
        }
        return key.primary() == primary && (primary || key.columns().equals(columns));
    }

    private static List<String> columns(TokenReader reader) {
        List<String> columns = new ArrayList<>();
        if (!reader.acceptSymbol('(')) {
            throw reader.unexpected();
        }
        do {
            columns.add(SchemaName.normal(reader.name()));
        } while (reader.acceptSymbol(','));
        reader.acceptSymbol(')');
        return columns;
    }
}
