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
package io.cameldatabricks.component;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.ScheduledBatchPollingConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.execute.OutputType;
import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.execute.RunningStatements;
import io.cameldatabricks.component.execute.StatementResult;
import io.cameldatabricks.component.execute.StatementSequence;
import io.cameldatabricks.component.poll.PolledQuery;
import io.cameldatabricks.component.poll.Position;
import io.cameldatabricks.component.result.Row;
import io.cameldatabricks.component.sql.ParsedScript;
import io.cameldatabricks.component.workspace.WarehouseAccess;

/**
 * Runs a query again and again and sends its rows into the route: each row as an exchange, or the rows of a poll as one.
 * With an incrementing column, or the change data feed of a table, only rows that were not there before, in order and at
 * least once: the position moves on when an exchange has succeeded, and a poll ends with the first one that fails.
 */
public class DatabricksQueryConsumer extends ScheduledBatchPollingConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(DatabricksQueryConsumer.class);
    private static final long SHORT_DELAY_MS = 1_000;

    private final PollSettings settings;
    private WarehouseAccess warehouse;
    private RunningStatements running;

    DatabricksQueryConsumer(DatabricksEndpoint endpoint, Processor processor, PollSettings settings) {
        super(endpoint, processor);
        this.settings = settings;
    }

    @Override
    public DatabricksEndpoint getEndpoint() {
        return (DatabricksEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        if (settings.positions() != null) {
            settings.positions().begin();
        }
        warn();
        ServiceHelper.startService(getEndpoint().getQueryConsumer().getPositionRepository());
        warehouse = getEndpoint().pollWarehouse().acquire();
        running = new RunningStatements();
        super.doStart();
    }

    private void warn() {
        String name = getEndpoint().getName();
        if (getTimeUnit().toMillis(getDelay()) < SHORT_DELAY_MS) {
            LOG.warn(
                    "The consumer of databricks:{} polls every {} {}: each poll is a statement, and keeps the warehouse"
                            + " awake, which is paid for by the second. Set delay to a minute or more.",
                    name,
                    getDelay(),
                    getTimeUnit());
        }
        if (settings.positions() != null && settings.positions().isInMemory()) {
            LOG.warn(
                    "The consumer of databricks:{} keeps its position in memory, and begins anew when the process does."
                            + " Set positionRepository to keep it.",
                    name);
        }
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        if (settings.positions() != null) {
            settings.positions().end();
        }
        if (running != null) {
            running.stop();
            running = null;
            getEndpoint().pollWarehouse().release();
        }
    }

    @Override
    protected int poll() throws Exception {
        shutdownRunningTask = null;
        pendingExchanges = 0;
        ResultSettings wanted = getEndpoint().resultSettings();
        StatementResult result = rows(wanted);
        if (result.stream() != null && !result.stream().hasNext()) {
            result.close();
            return 0;
        }
        Queue<Object> batch = new ArrayDeque<>();
        if (!settings.rowByRow()) {
            if (result.stream() != null
                    || result.rows() != null && !result.rows().isEmpty()) {
                batch.add(result);
            }
        } else if (result.rows() != null) {
            result.rows().forEach(row -> batch.add(result.ofRow(row)));
        }
        return processBatch(batch);
    }

    private StatementResult rows(ResultSettings wanted) throws Exception {
        Position after =
                settings.positions() == null ? null : settings.positions().current();
        try {
            return run(ask(settings.query().sql(after), after, wanted));
        } catch (PermanentDatabricksException e) {
            String later = settings.query().sqlOfLaterVersions(after);
            if (later == null) {
                throw e;
            }
            try {
                return run(ask(later, after, wanted));
            } catch (DatabricksException other) {
                e.addSuppressed(other);
                throw e;
            }
        }
    }

    private StatementSequence ask(String sql, Position after, ResultSettings wanted) throws Exception {
        ParsedScript script = ParsedScript.parse(sql);
        Exchange exchange = createExchange(false);
        try {
            return getEndpoint()
                    .reader()
                    .statement(
                            exchange,
                            script,
                            after == null ? Map.of() : Map.of(PolledQuery.POSITION, after.value()),
                            null,
                            settings.rowByRow() ? wanted.withOutputType(OutputType.SELECT_LIST) : wanted);
        } finally {
            releaseExchange(exchange, false);
        }
    }

    private StatementResult run(StatementSequence statements) {
        RunningStatements owner = running;
        if (owner == null) {
            throw new IllegalStateException("The consumer is stopped");
        }
        return warehouse.runner().run(statements, owner);
    }

    /**
     * @param batch results, each for one exchange
     * @throws Exception what an exchange, or the statement after it, has failed with, if that ends the poll
     */
    @Override
    public int processBatch(Queue<Object> batch) throws Exception {
        int total = batch.size();
        int index = 0;
        try {
            while (!batch.isEmpty() && isBatchAllowed()) {
                StatementResult result = (StatementResult) batch.poll();
                Position here = position(result);
                Position next = position((StatementResult) batch.peek());
                pendingExchanges = total - index - 1;
                send(result, index, total);
                moveOn(here, next);
                index++;
            }
        } finally {
            // what is left is asked for again; a stream that nobody gets holds a connection
            batch.forEach(each -> ((StatementResult) each).close());
        }
        if (total > 0 && index == total) {
            batchComplete();
        }
        return total;
    }

    /** Returns when the exchange and what follows upon it are done, or have failed without ending the poll. */
    private void send(StatementResult result, int index, int total) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            ExchangeWriter.write(exchange, getEndpoint().resultSettings(), result);
            exchange.setProperty(ExchangePropertyKey.BATCH_INDEX, index);
            exchange.setProperty(ExchangePropertyKey.BATCH_SIZE, total);
            exchange.setProperty(ExchangePropertyKey.BATCH_COMPLETE, index == total - 1);
            Exception failure = process(exchange);
            Exception afterwards =
                    consumed(exchange, result, failure == null ? settings.onConsume() : settings.onConsumeFailed());
            if (failure != null && afterwards != null) {
                failure.addSuppressed(afterwards);
            }
            Exception first = failure == null ? afterwards : failure;
            if (first != null) {
                if (settings.breakOnFailure()) {
                    throw first;
                }
                getExceptionHandler().handleException("A row of the query was not processed", exchange, first);
            }
        } finally {
            releaseExchange(exchange, false);
        }
    }

    /** Returns what the exchange has failed with, or null. */
    private Exception process(Exchange exchange) {
        try {
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            return exchange.getException();
        }
        return exchange.isFailed() || exchange.isRollbackOnly()
                ? new RuntimeCamelException("The exchange of a row was marked for rollback")
                : null;
    }

    /** Returns what the statement after a row has failed with, or null. */
    private Exception consumed(Exchange exchange, StatementResult result, ParsedScript script) {
        if (script == null) {
            return null;
        }
        try {
            Row row = result.rows().get(0);
            run(getEndpoint()
                    .reader()
                    .statement(exchange, script, Map.of(), row, ResultSettings.of(OutputType.SELECT_LIST)));
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Rows with the same value are one step: a position among them would skip those that are left. */
    private void moveOn(Position done, Position next) {
        if (done != null && !done.equals(next)) {
            settings.positions().advance(done);
        }
    }

    private Position position(StatementResult result) {
        if (result == null || settings.positions() == null) {
            return null;
        }
        Row last = result.rows().get(result.rows().size() - 1);
        String column = settings.query().column();
        if (!last.containsKey(column)) {
            throw new IllegalArgumentException("The result of the query has no column " + column
                    + ", which incrementingColumn names: it has " + result.columnNames() + ".");
        }
        try {
            return Position.of(last.get(column));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The column " + column + " cannot be an incrementingColumn: " + e.getMessage()
                            + "; use a whole number, DECIMAL, STRING, DATE or TIMESTAMP.",
                    e);
        }
    }

    private void batchComplete() throws Exception {
        if (settings.onBatchComplete() == null) {
            return;
        }
        Exchange exchange = createExchange(false);
        try {
            run(getEndpoint()
                    .reader()
                    .statement(
                            exchange,
                            settings.onBatchComplete(),
                            Map.of(),
                            null,
                            ResultSettings.of(OutputType.SELECT_LIST)));
        } catch (RuntimeException e) {
            if (settings.breakOnFailure()) {
                throw e;
            }
            getExceptionHandler().handleException("onConsumeBatchComplete failed", e);
        } finally {
            releaseExchange(exchange, false);
        }
    }
}
