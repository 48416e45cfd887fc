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

import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;

/** Relations that Spark does not know: information_schema, read_files and their like. */
public interface RelationSources {

    /** @return a plan with the relation's rows, or the relation itself when it is none of ours */
    LogicalPlan relation(UnresolvedRelation relation, SessionNames names);

    /** @return a plan in place of the function, or the function itself, perhaps with other arguments */
    LogicalPlan function(UnresolvedTableValuedFunction function, SessionNames names);
}
