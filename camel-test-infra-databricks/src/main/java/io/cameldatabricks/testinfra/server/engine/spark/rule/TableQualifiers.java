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
import java.util.Optional;

import org.apache.spark.sql.catalyst.AliasIdentifier;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.rules.Rule;

import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;

/** Lets columns be qualified with the table's three-level name, as in {@code main.default.t.id}. */
public final class TableQualifiers extends Rule<LogicalPlan> {

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        return plan.resolveOperatorsUp(new PlanRewrite<>(TableQualifiers::node));
    }

    private static LogicalPlan node(LogicalPlan plan) {
        if (!(plan instanceof SubqueryAlias alias)) {
            return plan;
        }
        List<String> qualifier = Scala.list(alias.identifier().qualifier());
        Optional<SchemaName> schema =
                qualifier.size() == 2 ? SchemaName.ofDatabase(qualifier.get(1)) : Optional.empty();
        return schema.<LogicalPlan>map(name -> new SubqueryAlias(
                        new AliasIdentifier(alias.identifier().name(), Scala.names(name.catalog(), name.schema())),
                        alias.child()))
                .orElse(plan);
    }
}
