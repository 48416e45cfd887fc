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
package io.cameldatabricks.testinfra.server.engine.spark;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeoutException;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.plans.logical.CommandResult;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.V2WriteCommand;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.execution.datasources.InsertIntoDataSourceCommand;
import org.apache.spark.sql.execution.datasources.InsertIntoHadoopFsRelationCommand;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.EngineStatement;
import io.cameldatabricks.testinfra.server.engine.ResultSink;
import io.cameldatabricks.testinfra.server.engine.StatementOutcome;
import io.cameldatabricks.testinfra.server.engine.spark.command.LocalCommand;
import io.cameldatabricks.testinfra.server.engine.spark.failure.ShownNames;
import io.cameldatabricks.testinfra.server.engine.spark.information.KeyConstraint;
import io.cameldatabricks.testinfra.server.engine.spark.parameter.ParameterMarkers;
import io.cameldatabricks.testinfra.server.engine.spark.result.ResultWriter;
import io.cameldatabricks.testinfra.server.engine.spark.result.RowSource;
import io.cameldatabricks.testinfra.server.engine.spark.result.ShownRows;

/** Runs one statement's text on the calling thread, whose session and job group are set. */
final class StatementExecution {

    private static final StructType INSERT_COUNTS =
            new StructType().add("num_affected_rows", DataTypes.LongType).add("num_inserted_rows", DataTypes.LongType);

    private final SparkSession spark;
    private final WrittenRows writtenRows;
    private final String jobGroup;

    StatementExecution(SparkSession spark, WrittenRows writtenRows, String jobGroup) {
        this.spark = spark;
        this.writtenRows = writtenRows;
        this.jobGroup = jobGroup;
    }

    StatementOutcome run(EngineStatement statement, ResultSink sink) throws EngineException, TimeoutException {
        String timeZone = SessionSetting.timeZone(spark);
        String sql = ParameterMarkers.substitute(statement.sql(), statement.parameters(), timeZone);
        Dataset<Row> result = spark.sql(sql);
        QueryExecution execution = result.queryExecution();
        String type = StatementTypes.of(statement.sql());
        LogicalPlan command = command(execution);
        if (isInsert(command)) {
            long count = writtenRows.count(jobGroup);
            InternalRow row = new GenericInternalRow(new Object[] {count, count});
            ResultWriter.write(statement, INSERT_COUNTS, timeZone, List.of(row).iterator(), sink);
            return new StatementOutcome(false, type);
        }
        if (command instanceof LocalCommand own && own.isVolumeOperation()) {
            sink.volumeOperation();
        }
        StructType schema = shown(result.schema());
        if (schema.isEmpty() && command != null) {
            return new StatementOutcome(false, type);
        }
        return new StatementOutcome(stream(statement, execution, schema, command != null, sink), type);
    }

    private boolean stream(
            EngineStatement statement, QueryExecution execution, StructType schema, boolean command, ResultSink sink)
            throws EngineException {
        try (RowSource source = start(execution)) {
            Iterator<InternalRow> rows = command ? ShownRows.of(source, schema, KeyConstraint.PROPERTY_PREFIX) : source;
            return ResultWriter.write(statement, schema, SessionSetting.timeZone(spark), rows, sink);
        }
    }

    private RowSource start(QueryExecution execution) {
        return SQLExecution.withNewExecutionId(
                execution, Option.empty(), () -> RowSource.of(execution.executedPlan(), spark.sparkContext()));
    }

    /** @return the command that has run already, or null when the plan is a query */
    private static LogicalPlan command(QueryExecution execution) {
        return execution.commandExecuted() instanceof CommandResult done ? done.commandLogicalPlan() : null;
    }

    private static boolean isInsert(LogicalPlan command) {
        return command instanceof V2WriteCommand
                || command instanceof InsertIntoHadoopFsRelationCommand
                || command instanceof InsertIntoDataSourceCommand;
    }

    /** Calls of functions without an alias are named after the function's full name. */
    private static StructType shown(StructType schema) {
        StructField[] fields = schema.fields().clone();
        for (int i = 0; i < fields.length; i++) {
            StructField field = fields[i];
            fields[i] = new StructField(
                    ShownNames.clean(field.name()), field.dataType(), field.nullable(), field.metadata());
        }
        return new StructType(fields);
    }
}
