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

import org.apache.spark.sql.catalyst.AliasIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;

import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;
import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;

/**
 * Gives the tables of a query the qualifier that users know before Spark resolves them, because Spark expands
 * {@code main.default.t.*} as soon as it can.
 */
final class QualifiedRelations {

    private QualifiedRelations() {}

    static LogicalPlan alias(LogicalPlan parent, SessionNames names) {
        if (parent instanceof Command || parent instanceof SubqueryAlias) {
            return parent;
        }
        boolean changed = false;
        List<LogicalPlan> children = new ArrayList<>();
        for (LogicalPlan child : Scala.list(parent.children())) {
            LogicalPlan named = child instanceof UnresolvedRelation relation ? alias(relation, names) : child;
            changed |= named != child;
            children.add(named);
        }
        return changed ? parent.withNewChildren(Scala.seq(children)) : parent;
    }

    private static LogicalPlan alias(UnresolvedRelation relation, SessionNames names) {
        List<String> parts = Scala.list(relation.multipartIdentifier());
        boolean ours = SessionNames.isResolved(parts) || (parts.size() == 1 && !names.isTemporaryView(parts));
        if (!ours) {
            return relation;
        }
        ObjectName name = names.resolvedObject(parts);
        return new SubqueryAlias(
                new AliasIdentifier(
                        name.name(),
                        Scala.names(name.schema().catalog(), name.schema().schema())),
                relation);
    }
}
