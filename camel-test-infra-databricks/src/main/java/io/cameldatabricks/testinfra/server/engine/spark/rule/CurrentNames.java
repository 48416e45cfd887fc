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

import org.apache.spark.sql.catalyst.expressions.CurrentCatalog;
import org.apache.spark.sql.catalyst.expressions.CurrentDatabase;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.types.DataTypes;

import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;

/** Answers current_catalog() and current_schema() with the names that users know. */
public final class CurrentNames extends Rule<LogicalPlan> {

    private final SessionNames names;

    public CurrentNames(SessionNames names) {
        this.names = names;
    }

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        return plan.resolveOperatorsUp(
                new PlanRewrite<>(node -> node.transformExpressions(new PlanRewrite<>(this::expression))));
    }

    private Expression expression(Expression expression) {
        if (expression instanceof CurrentCatalog) {
            return Literal.create(names.current().catalog(), DataTypes.StringType);
        }
        if (expression instanceof CurrentDatabase) {
            return Literal.create(names.current().schema(), DataTypes.StringType);
        }
        return expression;
    }
}
