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
import java.util.Set;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

import io.cameldatabricks.testinfra.server.engine.spark.command.LocalCommand;
import io.cameldatabricks.testinfra.server.engine.spark.command.Rows;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.Grant;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.Securable;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;

/** GRANT, REVOKE and SHOW GRANTS: privileges are recorded and shown, never enforced. */
final class GrantStatements {

    private static final Set<String> KINDS =
            Set.of("CATALOG", "SCHEMA", "DATABASE", "TABLE", "VIEW", "VOLUME", "FUNCTION", "METASTORE");

    private GrantStatements() {}

    /** @return the command, or null when the statement is not about privileges */
    static LogicalPlan parse(TokenReader reader, SessionNames names) {
        if (reader.accept("GRANT")) {
            List<String> privileges = privileges(reader);
            Securable on = securable(reader, names);
            reader.require("TO");
            List<Grant> grants = grants(reader, privileges, on);
            return LocalCommand.silent("Grant", () -> names.metastore().grant(grants));
        }
        if (reader.accept("REVOKE")) {
            List<String> privileges = privileges(reader);
            Securable on = securable(reader, names);
            reader.require("FROM");
            List<Grant> grants = grants(reader, privileges, on);
            return LocalCommand.silent("Revoke", () -> names.metastore().revoke(grants));
        }
        if (reader.accept("SHOW", "GRANTS") || reader.accept("SHOW", "GRANT")) {
            String principal = reader.peek() != null && !reader.peek().is("ON") ? reader.name() : null;
            reader.require("ON");
            reader.back(reader.position() - 1);
            Securable on = securable(reader, names);
            reader.end();
            return show(principal, on, names);
        }
        return null;
    }

    private static List<String> privileges(TokenReader reader) {
        List<String> privileges = new ArrayList<>();
        do {
            StringBuilder privilege = new StringBuilder();
            while (reader.peek() != null
                    && !reader.peek().is("ON")
                    && !reader.peek().isSymbol(',')) {
                privilege.append(privilege.isEmpty() ? "" : " ").append(reader.name());
            }
            if (privilege.isEmpty()) {
                throw reader.unexpected();
            }
            privileges.add(privilege.toString().toUpperCase(Locale.ROOT));
        } while (reader.acceptSymbol(','));
        return privileges;
    }

    private static Securable securable(TokenReader reader, SessionNames names) {
        reader.require("ON");
        String kind = "TABLE";
        if (reader.peek() != null && KINDS.contains(reader.peek().text().toUpperCase(Locale.ROOT))) {
            kind = reader.name().toUpperCase(Locale.ROOT);
        }
        switch (kind) {
            case "METASTORE":
                return new Securable("METASTORE", List.of("metastore"));
            case "CATALOG":
                String catalog = reader.name();
                names.metastore().requireCatalog(catalog);
                return new Securable("CATALOG", List.of(SchemaName.normal(catalog)));
            case "SCHEMA", "DATABASE":
                SchemaName schema = names.existingSchema(reader.names());
                return new Securable("SCHEMA", List.of(schema.catalog(), schema.schema()));
            default:
                ObjectName object = names.object(reader.names());
                names.metastore().requireSchema(object.schema());
                return new Securable(
                        kind, List.of(object.schema().catalog(), object.schema().schema(), object.name()));
        }
    }

    private static List<Grant> grants(TokenReader reader, List<String> privileges, Securable on) {
        String principal = reader.nextIsString() ? reader.string() : reader.name();
        reader.end();
        return privileges.stream()
                .map(privilege -> new Grant(principal, privilege, on))
                .toList();
    }

    private static LogicalPlan show(String principal, Securable on, SessionNames names) {
        return new LocalCommand(
                "ShowGrants", Rows.columns("Principal", "ActionType", "ObjectType", "ObjectKey"), session -> {
                    Rows rows = new Rows();
                    for (Grant grant : names.metastore().grants()) {
                        int shared = grant.on().name().size();
                        // a privilege on a catalog or schema holds for what is inside
                        boolean covers = shared <= on.name().size()
                                && grant.on().name().equals(on.name().subList(0, shared));
                        if (covers && (principal == null || principal.equals(grant.principal()))) {
                            rows.add(
                                    grant.principal(),
                                    grant.privilege(),
                                    grant.on().kind(),
                                    grant.on().shownName());
                        }
                    }
                    return rows.list();
                });
    }
}
