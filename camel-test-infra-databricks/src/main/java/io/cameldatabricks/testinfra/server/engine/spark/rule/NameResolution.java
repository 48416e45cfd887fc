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

import java.util.List;

import org.apache.spark.sql.catalyst.TimeTravel;
import org.apache.spark.sql.catalyst.analysis.NamedRelation;
import org.apache.spark.sql.catalyst.analysis.RelationTimeTravel;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunctionName;
import org.apache.spark.sql.catalyst.analysis.UnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedView;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.CreateUserDefinedFunction;
import org.apache.spark.sql.catalyst.plans.logical.CreateVariable;
import org.apache.spark.sql.catalyst.plans.logical.DropFunction;
import org.apache.spark.sql.catalyst.plans.logical.DropVariable;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoStatement;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.RenameTable;
import org.apache.spark.sql.catalyst.plans.logical.V2WriteCommand;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.collection.immutable.Seq;

import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;
import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;

/**
 * Gives every name of a fresh plan the catalog and schema it means. Runs before Spark resolves anything, once for each
 * plan, each subquery and the text of each view, so that names in a view mean what they meant where it was created.
 */
public final class NameResolution extends Rule<LogicalPlan> {

    private final SessionNames names;
    private final RelationSources sources;

    public NameResolution(SessionNames names, RelationSources sources) {
        this.names = names;
        this.sources = sources;
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        // session variables live in no schema
        boolean variables = plan instanceof CreateVariable || plan instanceof DropVariable;
        return variables ? plan : plan.resolveOperatorsUp(new PlanRewrite<>(this::node));
    }

    private LogicalPlan node(LogicalPlan plan) {
        LogicalPlan named = QualifiedRelations.alias(plan(plan), names);
        return named.transformExpressions(new PlanRewrite<>(this::expression));
    }

    private Expression expression(Expression expression) {
        if (expression instanceof UnresolvedFunction function) {
            List<String> parts = Scala.list(function.nameParts());
            MissingFunctions.refuse(parts);
            List<String> full = names.function(parts);
            return full.equals(parts)
                    ? function
                    : function.copy(
                            Scala.seq(full),
                            function.arguments(),
                            function.isDistinct(),
                            function.filter(),
                            function.ignoreNulls(),
                            function.orderingWithinGroup(),
                            function.isInternal());
        }
        return expression;
    }

    private LogicalPlan plan(LogicalPlan plan) {
        if (plan instanceof UnresolvedRelation relation) {
            return relation(relation);
        }
        if (plan instanceof InsertIntoStatement insert && insert.table() instanceof UnresolvedRelation relation) {
            return new InsertIntoStatement(
                    relation(relation),
                    insert.partitionSpec(),
                    insert.userSpecifiedCols(),
                    insert.query(),
                    insert.overwrite(),
                    insert.ifPartitionNotExists(),
                    insert.byName(),
                    insert.replaceCriteriaOpt(),
                    insert.withSchemaEvolution());
        }
        if (plan instanceof V2WriteCommand write && write.table() instanceof UnresolvedRelation relation) {
            return (LogicalPlan) write.withNewTable((NamedRelation) relation(relation));
        }
        if (plan instanceof RelationTimeTravel travel && travel.relation() instanceof UnresolvedRelation relation) {
            return new RelationTimeTravel(relation(relation), travel.timestamp(), travel.version());
        }
        if (plan instanceof TimeTravel travel && travel.relation() instanceof UnresolvedRelation relation) {
            return new TimeTravel(relation(relation), travel.timestamp(), travel.version(), travel.creationSource());
        }
        if (plan instanceof UnresolvedTableValuedFunction function) {
            return sources.function(
                    function.copy(function(function.name()), function.functionArgs(), function.isStreaming()), names);
        }
        if (plan instanceof UnresolvedTable table) {
            return new UnresolvedTable(
                    relation(table.multipartIdentifier()), table.commandName(), table.suggestAlternative());
        }
        if (plan instanceof UnresolvedView view) {
            return new UnresolvedView(
                    relation(view.multipartIdentifier()),
                    view.commandName(),
                    view.allowTemp(),
                    view.suggestAlternative());
        }
        if (plan instanceof UnresolvedTableOrView table) {
            return new UnresolvedTableOrView(
                    relation(table.multipartIdentifier()),
                    table.commandName(),
                    table.allowTempView(),
                    table.tableNotFoundSearchPathMode());
        }
        return command(plan);
    }

    private LogicalPlan command(LogicalPlan plan) {
        if (plan instanceof CreateUserDefinedFunction create
                && create.child() instanceof UnresolvedIdentifier identifier) {
            return withChild(plan, created(identifier));
        }
        if (plan instanceof DropFunction drop && drop.child() instanceof UnresolvedIdentifier identifier) {
            return withChild(plan, identifier);
        }
        if (plan instanceof UnresolvedIdentifier identifier) {
            return identifier(identifier);
        }
        if (plan instanceof UnresolvedFunctionName function) {
            return new UnresolvedFunctionName(
                    function(function.multipartIdentifier()), function.commandName(), function.possibleQualifiedName());
        }
        if (plan instanceof RenameTable rename) {
            List<String> target = Scala.list(rename.newName());
            if (target.size() == 2 && target.get(0).indexOf('.') > 0) {
                return rename;
            }
            List<String> full = names.created(target);
            return new RenameTable(
                    rename.child(), Scala.seq(full.subList(full.size() - 2, full.size())), rename.isView());
        }
        return NamespaceCommands.rewrite(plan, names);
    }

    private static LogicalPlan withChild(LogicalPlan plan, LogicalPlan child) {
        return plan.withNewChildren(Scala.<LogicalPlan>seq(List.of(child)));
    }

    private LogicalPlan identifier(UnresolvedIdentifier identifier) {
        List<String> parts = Scala.list(identifier.nameParts());
        if (identifier.allowTemp() && parts.size() == 1) {
            return new UnresolvedIdentifier(Scala.seq(names.relation(parts)), true);
        }
        return created(identifier);
    }

    private LogicalPlan created(UnresolvedIdentifier identifier) {
        return new UnresolvedIdentifier(
                Scala.seq(names.created(Scala.list(identifier.nameParts()))), identifier.allowTemp());
    }

    private LogicalPlan relation(UnresolvedRelation relation) {
        List<String> parts = Scala.list(relation.multipartIdentifier());
        LogicalPlan source = sources.relation(relation, names);
        if (source != relation) {
            return source;
        }
        return new UnresolvedRelation(Scala.seq(names.relation(parts)), relation.options(), relation.isStreaming());
    }

    private Seq<String> relation(Seq<String> parts) {
        return Scala.seq(names.relation(Scala.list(parts)));
    }

    private Seq<String> function(Seq<String> parts) {
        return Scala.seq(names.function(Scala.list(parts)));
    }
}
