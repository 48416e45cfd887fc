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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.classic.SparkSession;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.EngineSession;
import io.cameldatabricks.testinfra.server.engine.EngineStatement;
import io.cameldatabricks.testinfra.server.engine.ResultSink;
import io.cameldatabricks.testinfra.server.engine.StatementOutcome;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.Metastore;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;
import io.cameldatabricks.testinfra.server.engine.spark.names.StatementScope;

/** A session: a Spark session of its own and the statements that run in it. Thread-safe. */
final class SparkEngineSession implements EngineSession {

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final SparkSession spark;
    private final SessionNames names;
    private final WrittenRows writtenRows;
    private final ScheduledExecutorService clock;
    private final Consumer<SparkEngineSession> onClose;
    private final Map<String, RunningStatement> running = new ConcurrentHashMap<>();

    SparkEngineSession(
            SparkSession spark,
            Metastore metastore,
            WrittenRows writtenRows,
            ScheduledExecutorService clock,
            Consumer<SparkEngineSession> onClose) {
        this.spark = spark;
        this.names = new SessionNames(spark, metastore);
        this.writtenRows = writtenRows;
        this.clock = clock;
        this.onClose = onClose;
    }

    @Override
    public StatementOutcome execute(EngineStatement statement, ResultSink sink) throws EngineException {
        SparkContext context = spark.sparkContext();
        // numbered, because Spark remembers canceled groups and an id may come again
        String jobGroup = "statement-" + NUMBERS.incrementAndGet();
        RunningStatement run = new RunningStatement(jobGroup, context, SessionSetting.timeoutSeconds(spark));
        running.put(statement.id(), run);
        run.startTimer(clock);
        writtenRows.begin(jobGroup);
        SparkSession.setActiveSession(spark);
        context.setJobGroup(jobGroup, "", true);
        try {
            StatementScope.enter(ownSchema(statement));
            return new StatementExecution(spark, writtenRows, jobGroup).run(statement, sink);
        } catch (Throwable thrown) {
            throw run.failure(thrown);
        } finally {
            run.over();
            running.remove(statement.id(), run);
            writtenRows.end(jobGroup);
            StatementScope.leave();
            context.clearJobGroup();
            SparkSession.clearActiveSession();
        }
    }

    private SchemaName ownSchema(EngineStatement statement) {
        if (statement.catalog() == null && statement.schema() == null) {
            return null;
        }
        SchemaName current = names.current();
        String catalog = statement.catalog() == null ? current.catalog() : statement.catalog();
        String fallback = statement.catalog() == null ? current.schema() : SchemaName.DEFAULT_SCHEMA;
        SchemaName own = new SchemaName(catalog, statement.schema() == null ? fallback : statement.schema());
        names.metastore().requireSchema(own);
        return own;
    }

    @Override
    public void cancel(String statementId) {
        RunningStatement run = running.get(statementId);
        if (run != null) {
            run.cancel();
        }
    }

    @Override
    public void close() {
        running.values().forEach(RunningStatement::cancel);
        // not reset(): that drops the databases of the catalog, which all sessions share
        spark.sessionState().catalog().clearTempTables();
        onClose.accept(this);
    }
}
