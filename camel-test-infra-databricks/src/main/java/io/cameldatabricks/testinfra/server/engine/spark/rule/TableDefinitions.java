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
package io.cameldatabricks.testinfra.server.engine.spark.rule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.apache.spark.sql.catalyst.analysis.UnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTable;
import org.apache.spark.sql.catalyst.expressions.CheckConstraint;
import org.apache.spark.sql.catalyst.expressions.ForeignKeyConstraint;
import org.apache.spark.sql.catalyst.expressions.PrimaryKeyConstraint;
import org.apache.spark.sql.catalyst.expressions.TableConstraint;
import org.apache.spark.sql.catalyst.plans.logical.AddConstraint;
import org.apache.spark.sql.catalyst.plans.logical.ColumnDefinition;
import org.apache.spark.sql.catalyst.plans.logical.CreateTable;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ReplaceTable;
import org.apache.spark.sql.catalyst.plans.logical.TableSpecBase;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedTableSpec;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.collection.immutable.Seq;

import io.cameldatabricks.testinfra.server.engine.spark.command.LocalCommand;
import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.information.KeyConstraint;
import io.cameldatabricks.testinfra.server.engine.spark.information.TableDetails;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;
import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;

/**
 * Makes of a table's definition what Delta accepts: keys become properties, checks become Delta's constraints, and
 * DEFAULT values switch on the feature that they need.
 */
public final class TableDefinitions extends Rule<LogicalPlan> {

    private static final String DEFAULTS_FEATURE = "delta.feature.allowColumnDefaults";
    private static final String CHECK_PREFIX = "delta.constraints.";

    private final SessionNames names;

    public TableDefinitions(SessionNames names) {
        this.names = names;
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        if (plan instanceof CreateTable create && create.tableSpec() instanceof UnresolvedTableSpec spec) {
            TableSpecBase changed = changed(spec, create.columns(), create.name());
            Seq<ColumnDefinition> columns = columns(create.columns(), spec);
            return changed == spec
                    ? plan
                    : new CreateTable(create.name(), columns, create.partitioning(), changed, create.ignoreIfExists());
        }
        if (plan instanceof ReplaceTable replace && replace.tableSpec() instanceof UnresolvedTableSpec spec) {
            TableSpecBase changed = changed(spec, replace.columns(), replace.name());
            Seq<ColumnDefinition> columns = columns(replace.columns(), spec);
            return changed == spec
                    ? plan
                    : new ReplaceTable(replace.name(), columns, replace.partitioning(), changed, replace.orCreate());
        }
        if (plan instanceof AddConstraint add && add.table() instanceof UnresolvedTable table) {
            return addConstraint(add, names.resolvedObject(Scala.list(table.multipartIdentifier())));
        }
        return plan;
    }

    private TableSpecBase changed(UnresolvedTableSpec spec, Seq<ColumnDefinition> columns, LogicalPlan table) {
        String provider = Scala.orNull(spec.provider());
        if (provider != null && !provider.equalsIgnoreCase("delta")) {
            return spec;
        }
        Map<String, String> properties = new TreeMap<>(Scala.map(spec.properties()));
        boolean defaults = Scala.list(columns).stream()
                .anyMatch(column -> column.defaultValue().isDefined());
        if (defaults) {
            properties.putIfAbsent(DEFAULTS_FEATURE, "supported");
        }
        ObjectName name = table instanceof UnresolvedIdentifier identifier
                ? names.resolvedObject(Scala.list(identifier.nameParts()))
                : null;
        for (TableConstraint constraint : Scala.list(spec.constraints())) {
            if (constraint instanceof CheckConstraint check) {
                properties.put(CHECK_PREFIX + checkName(check, name), check.condition());
            } else {
                KeyConstraint key = key(constraint, name);
                properties.put(key.propertyKey(), key.propertyValue());
            }
        }
        if (properties.equals(Scala.map(spec.properties()))) {
            return spec;
        }
        return new UnresolvedTableSpec(
                Scala.map(properties),
                spec.provider(),
                spec.optionExpression(),
                spec.location(),
                spec.comment(),
                spec.collation(),
                spec.serde(),
                spec.external(),
                Scala.<TableConstraint>seq(List.of()));
    }

    /** The columns of a primary key are NOT NULL without saying so. */
    private static Seq<ColumnDefinition> columns(Seq<ColumnDefinition> columns, UnresolvedTableSpec spec) {
        Set<String> primary = new HashSet<>();
        for (TableConstraint constraint : Scala.list(spec.constraints())) {
            if (constraint instanceof PrimaryKeyConstraint key) {
                Scala.list(key.columns()).forEach(column -> primary.add(SchemaName.normal(column)));
            }
        }
        List<ColumnDefinition> changed = new ArrayList<>();
        for (ColumnDefinition column : Scala.list(columns)) {
            changed.add(new ColumnDefinition(
                    column.name(),
                    column.dataType(),
                    column.nullable() && !primary.contains(SchemaName.normal(column.name())),
                    column.comment(),
                    column.defaultValue(),
                    column.generationExpression(),
                    column.identityColumnSpec(),
                    column.metadata()));
        }
        return Scala.seq(changed);
    }

    private static String checkName(CheckConstraint check, ObjectName table) {
        return check.userProvidedName() != null
                ? SchemaName.normal(check.userProvidedName())
                : (table == null ? "check" : table.name() + "_check") + "_"
                        + Math.abs(check.condition().hashCode());
    }

    private KeyConstraint key(TableConstraint constraint, ObjectName table) {
        String name = constraint.userProvidedName();
        String tableName = table == null ? "table" : table.name();
        if (constraint instanceof PrimaryKeyConstraint key) {
            return new KeyConstraint(
                    SchemaName.normal(name == null ? tableName + "_pk" : name),
                    true,
                    lower(key.columns()),
                    List.of(),
                    List.of());
        }
        if (constraint instanceof ForeignKeyConstraint key) {
            ObjectName parent = names.object(Scala.list(key.parentTableId()));
            return new KeyConstraint(
                    SchemaName.normal(name == null ? tableName + "_" + parent.name() + "_fk" : name),
                    false,
                    lower(key.childColumns()),
                    List.of(parent.schema().catalog(), parent.schema().schema(), parent.name()),
                    lower(key.parentColumns()));
        }
        throw LocalFailure.of(
                "UNSUPPORTED_CONSTRAINT_TYPE",
                "0A000",
                "Unsupported constraint type. Only PRIMARY KEY, FOREIGN KEY and CHECK constraints are supported.");
    }

    private static List<String> lower(Seq<String> columns) {
        return Scala.list(columns).stream().map(SchemaName::normal).toList();
    }

    private LogicalPlan addConstraint(AddConstraint add, ObjectName table) {
        TableConstraint constraint = add.tableConstraint();
        if (constraint instanceof CheckConstraint) {
            return add;
        }
        KeyConstraint key = key(constraint, table);
        return new LocalCommand("AddKey", new org.apache.spark.sql.types.StructType(), session -> {
            TableDetails details =
                    TableDetails.find(session, table).orElseThrow(() -> SessionNames.tableNotFound(table));
            boolean taken = details.keys().stream()
                    .anyMatch(other -> other.name().equals(key.name()) || (other.primary() && key.primary()));
            if (taken) {
                throw LocalFailure.of(
                        "CONSTRAINT_ALREADY_EXISTS",
                        "42710",
                        "Constraint '" + key.name() + "' or another of its kind already exists on " + table.quoted()
                                + ".");
            }
            session.sql("ALTER TABLE " + table.quoted() + " SET TBLPROPERTIES ('" + key.propertyKey() + "' = '"
                    + key.propertyValue().replace("\\", "\\\\").replace("'", "\\'") + "')");
            return List.of();
        });
    }
}
