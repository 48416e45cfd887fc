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

import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParameterContext;
import org.apache.spark.sql.catalyst.parser.ParameterHandler;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;

import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;

/** Knows the statements that neither Spark nor Delta can parse; everything else goes to them. */
public final class LocalParser implements ParserInterface {

    private final ParserInterface delta;
    private final SessionNames names;

    public LocalParser(ParserInterface delta, SessionNames names) {
        this.delta = delta;
        this.names = names;
    }

    @Override
    public LogicalPlan parsePlan(String sql) throws ParseException {
        LogicalPlan own = OwnStatements.parse(sql, names, delta);
        return own != null ? own : delta.parsePlan(ReferencedColumns.expand(TimeTravelSuffix.expand(sql), names));
    }

    /** Delta's parser forgets the parameters, so they are put into the text first. */
    @Override
    public LogicalPlan parsePlanWithParameters(String sql, ParameterContext parameters) throws ParseException {
        if (FileStatement.isOne(sql)) {
            // Spark's grammar would have to find the markers
            return parsePlan(sql);
        }
        return parsePlan(ParameterHandler.substituteParameters(sql, parameters)._1());
    }

    @Override
    public Expression parseExpression(String sql) throws ParseException {
        return delta.parseExpression(sql);
    }

    @Override
    public TableIdentifier parseTableIdentifier(String sql) throws ParseException {
        return delta.parseTableIdentifier(sql);
    }

    @Override
    public FunctionIdentifier parseFunctionIdentifier(String sql) throws ParseException {
        return delta.parseFunctionIdentifier(sql);
    }

    @Override
    public Seq<String> parseMultipartIdentifier(String sql) throws ParseException {
        return delta.parseMultipartIdentifier(sql);
    }

    @Override
    public LogicalPlan parseQuery(String sql) throws ParseException {
        return delta.parseQuery(sql);
    }

    @Override
    public StructType parseRoutineParam(String sql) throws ParseException {
        return delta.parseRoutineParam(sql);
    }

    @Override
    public StructType parseTableSchema(String sql) throws ParseException {
        return delta.parseTableSchema(sql);
    }

    @Override
    public DataType parseDataType(String sql) throws ParseException {
        return delta.parseDataType(sql);
    }
}
