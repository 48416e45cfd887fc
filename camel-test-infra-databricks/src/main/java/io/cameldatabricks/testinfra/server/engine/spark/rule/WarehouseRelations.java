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
import java.util.List;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.AliasIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

import io.cameldatabricks.testinfra.server.engine.spark.information.InformationSchema;
import io.cameldatabricks.testinfra.server.engine.spark.information.WarehouseContents;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;
import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;

/** The relations that the local warehouse adds to Spark's. */
public final class WarehouseRelations implements RelationSources {

    @Override
    public LogicalPlan relation(UnresolvedRelation relation, SessionNames names) {
        List<String> parts = Scala.list(relation.multipartIdentifier());
        if (names.isTemporaryView(parts)) {
            return relation;
        }
        ObjectName view = names.informationSchemaView(parts);
        StructType columns =
                view == null ? null : InformationSchema.columns(view.name()).orElse(null);
        return columns == null ? relation : informationSchema(view, columns, names);
    }

    private static LogicalPlan informationSchema(ObjectName view, StructType columns, SessionNames names) {
        InformationSchema schema = new InformationSchema(
                new WarehouseContents(names.session(), names.metastore()),
                view.schema().catalog());
        List<Row> rows = new ArrayList<>();
        schema.rows(view.name()).forEach(values -> rows.add(RowFactory.create(values.toArray())));
        List<Attribute> attributes = new ArrayList<>(Scala.list(DataTypeUtils.toAttributes(columns)));
        return new SubqueryAlias(
                new AliasIdentifier(
                        view.name(),
                        Scala.names(view.schema().catalog(), view.schema().schema())),
                LocalRelation.fromExternalRows(Scala.seq(attributes), Scala.seq(rows)));
    }

    @Override
    public LogicalPlan function(UnresolvedTableValuedFunction function, SessionNames names) {
        List<String> name = Scala.list(function.name());
        String last = name.get(name.size() - 1).toLowerCase(java.util.Locale.ROOT);
        if (name.size() > 1) {
            return function;
        }
        return switch (last) {
            case "read_files" -> ReadFiles.plan(Scala.list(function.functionArgs()), names);
            case "table_changes" -> tableChanges(function, names);
            default -> function;
        };
    }

    /** Delta looks the table up by the name in the first argument. */
    private static LogicalPlan tableChanges(UnresolvedTableValuedFunction function, SessionNames names) {
        List<Expression> arguments = new ArrayList<>(Scala.list(function.functionArgs()));
        if (arguments.isEmpty() || !(arguments.get(0) instanceof Literal literal)) {
            return function;
        }
        try {
            List<String> parts = Scala.list(names.session()
                    .sessionState()
                    .sqlParser()
                    .parseMultipartIdentifier(String.valueOf(literal.value())));
            ObjectName table = names.resolvedObject(parts);
            String resolved =
                    SessionNames.SESSION_CATALOG + ".`" + table.schema().database() + "`.`" + table.name() + "`";
            arguments.set(0, Literal.create(resolved, DataTypes.StringType));
            return function.copy(function.name(), Scala.seq(arguments), function.isStreaming());
        } catch (Exception e) {
            // not a name: Delta says so itself
            return function;
        }
    }
}
