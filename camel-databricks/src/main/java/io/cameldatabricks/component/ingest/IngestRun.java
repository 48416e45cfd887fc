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
package io.cameldatabricks.component.ingest;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RateLimitedException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.retry.Backoff;
import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.component.sql.RowChanges;

/**
 * Writes the rows of one message, chunk after chunk in their order. Each statement is a transaction of its own: what one has
 * written stays when a later one fails.
 *
 * <p>Rows that can be read again are all looked at before the first is sent, if a bad one fails the message. A chunk that the
 * server refuses for its data is cut in two again and again until the bad rows are found, if bad rows are left out: for one
 * bad row among n that takes about 2 × log2(n) more statements. For one thread at a time.
 */
public final class IngestRun {

    private static final Logger LOG = LoggerFactory.getLogger(IngestRun.class);

    private static final Backoff CONFLICT =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), 2, 0.5, Duration.ZERO);

    private final TableName table;
    private final IngestSettings settings;
    private final RowSource source;
    private final StatementWriter writer;
    private final RandomGenerator random;
    private final BadRows bad;
    private final Deque<Chunk> parts = new ArrayDeque<>();
    private Chunker chunker;
    private Chunk current;
    private int attempts;
    private long written;
    private RowChanges changes;
    private long statements;
    private String statementId;

    /** @param random spreads the pauses after conflicts */
    public IngestRun(
            TableName table,
            IngestSettings settings,
            RowSource source,
            StatementWriter writer,
            RandomGenerator random) {
        this.table = Objects.requireNonNull(table);
        this.settings = Objects.requireNonNull(settings);
        this.source = Objects.requireNonNull(source);
        this.writer = Objects.requireNonNull(writer);
        this.random = Objects.requireNonNull(random);
        this.bad = new BadRows(settings);
    }

    /**
     * Writes until all rows are written, or until another writer is in the way.
     *
     * @return how long to wait before this is called again; empty when all is done
     * @throws DatabricksException when a statement failed, or rows after the first ones could not be written: what that
     *     means is in its class, see {@link WriteFailure}
     * @throws IllegalArgumentException when a row cannot be written, and none was
     */
    public Optional<Duration> advance() {
        boolean pausing = false;
        try {
            Optional<Duration> pause = writeOn();
            pausing = pause.isPresent();
            return pause;
        } finally {
            if (!pausing) {
                source.onEnd().run();
            }
        }
    }

    /** What has become of the rows so far; also after a failure. */
    public IngestReport report() {
        return new IngestReport(
                chunker == null ? 0 : chunker.read(), written, changes, statements, statementId, bad.rows());
    }

    /** What the message fails with when it is not gone on with, since the component stops. */
    public DatabricksException stopped() {
        source.onEnd().run();
        DatabricksException why = new TransientDatabricksException(
                "The component was stopped before the statement was sent", ErrorDetails.none(), null);
        return current == null ? why : failure().of(current, why);
    }

    private Optional<Duration> writeOn() {
        if (chunker == null) {
            start();
        }
        while (current != null || (current = nextChunk()) != null) {
            try {
                StatementWriter.Written done = writer.write(statement(current));
                written += done.rows();
                changes = RowChanges.sum(changes, done.changes());
                statementId = done.statementId();
                statements++;
                next();
            } catch (DatabricksException e) {
                if (isConflict(e) && attempts < settings.conflictRetries()) {
                    attempts++;
                    LOG.debug("Another writer of {} was in the way, attempt {}", table, attempts, e);
                    return CONFLICT.delay(attempts, Optional.empty(), random);
                }
                if (settings.failsAtOnce() || !isAboutData(e)) {
                    throw failure().of(current, e);
                }
                refused(current, e);
            }
        }
        return Optional.empty();
    }

    private void start() {
        try {
            if (source.repeatable() && settings.failsAtOnce()) {
                new Chunker(source.rows().get(), settings, bad, true).checkAll();
            }
            chunker = new Chunker(source.rows().get(), settings, bad, source.repeatable());
        } catch (RuntimeException e) {
            throw failure().of(0, e);
        }
    }

    private void next() {
        current = parts.poll();
        attempts = 0;
    }

    private Chunk nextChunk() {
        try {
            return chunker.next();
        } catch (RuntimeException e) {
            throw failure().of(chunker.read(), e);
        }
    }

    private BoundSql statement(Chunk chunk) {
        return settings.merge() == null
                ? StatementText.insert(table, chunker.layout(), chunk.rows())
                : StatementText.merge(table, chunker.layout(), settings.merge(), chunk.rows());
    }

    /** Nothing of the chunk was written: its rows are tried in smaller chunks, the first half first. */
    private void refused(Chunk chunk, DatabricksException why) {
        if (chunk.size() > 1) {
            parts.push(chunk.secondHalf());
            parts.push(chunk.firstHalf());
        } else {
            BoundRow row = chunk.rows().get(0);
            try {
                bad.add(row.number(), row.source(), why.getMessage(), why);
            } catch (BadRowException e) {
                throw failure().of(row.number(), e);
            }
        }
        next();
    }

    private WriteFailure failure() {
        return new WriteFailure(written, settings.merge() != null, !source.repeatable());
    }

    /** The server has said that it changed nothing, since another transaction changed the same data. */
    private static boolean isConflict(DatabricksException failure) {
        return failure instanceof TransientDatabricksException
                && !(failure instanceof RateLimitedException)
                && "FAILED".equals(failure.getState());
    }

    /**
     * The server has refused values: SQLSTATE class 22, data exception; 23, a constraint; KD000, a type that the column
     * cannot take.
     */
    private static boolean isAboutData(DatabricksException failure) {
        String sqlState = failure.getSqlState();
        return failure instanceof PermanentDatabricksException
                && "FAILED".equals(failure.getState())
                && sqlState != null
                && (sqlState.startsWith("22") || sqlState.startsWith("23") || sqlState.equals("KD000"));
    }
}
