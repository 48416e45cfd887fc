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
package io.cameldatabricks.component.execute;

import java.lang.ref.Cleaner;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.result.Row;
import io.cameldatabricks.component.result.RowSchema;
import io.cameldatabricks.component.result.Rows;

/**
 * Rows that are read from the server as they are asked for. Until its end it holds a connection of the pool. It ends, and
 * frees that, after the last row, after a failure, and when it is closed; whoever has it must close it on every path. One
 * that is forgotten is closed when the garbage collector finds it, with a warning.
 *
 * <p>Threads may take turns in reading, each row going to one of them. {@link #close} does not wait for a thread that reads:
 * the rows then end after the row that this thread is reading. Failures are {@link DatabricksException}s.
 */
public final class RowStream implements Rows {

    private static final Logger LOG = LoggerFactory.getLogger(RowStream.class);
    private static final Cleaner CLEANER = Cleaner.create();

    private final Source source;
    private final Cleaner.Cleanable cleanable;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile boolean closing;
    private boolean atEnd;

    /** What has to be freed; knows nothing of the stream, which could never be garbage else. */
    private static final class Source implements Runnable {

        private final String statementId;
        private final Rows rows;
        private final Runnable release;
        private final AtomicBoolean freed = new AtomicBoolean();
        private final AtomicReference<LongConsumer> curious = new AtomicReference<>();
        private volatile long rowsRead;

        Source(String statementId, Rows rows, Runnable release) {
            this.statementId = statementId;
            this.rows = rows;
            this.release = release;
        }

        void free() {
            if (freed.compareAndSet(false, true)) {
                rows.close();
                release.run();
                tell();
            }
        }

        void tell() {
            LongConsumer told = curious.getAndSet(null);
            if (told != null) {
                told.accept(rowsRead);
            }
        }

        /** Nobody can close the stream any more. */
        @Override
        public void run() {
            if (!freed.get()) {
                LOG.warn(
                        "The rows of statement {} were neither read to their end nor closed, and held a connection until"
                                + " now; close the iterator, or the stream, when it is not needed any more",
                        statementId);
                free();
            }
        }
    }

    /**
     * @param rows whose failures are {@link DatabricksException}s
     * @param release frees what the rows depend on, after these were closed; called once, must not fail
     */
    RowStream(String statementId, Rows rows, Runnable release) {
        this.source = new Source(statementId, rows, release);
        this.cleanable = CLEANER.register(this, source);
    }

    @Override
    public RowSchema schema() {
        return source.rows.schema();
    }

    /** How many rows were read until now. */
    public long rowsRead() {
        return source.rowsRead;
    }

    /** @param curious is told once, when nothing is held any more, how many rows were read; must not fail */
    void whenFreed(LongConsumer curious) {
        source.curious.set(curious);
        if (source.freed.get()) {
            source.tell();
        }
    }

    /** Whether the rows have ended or were closed, so that nothing is held any more. */
    public boolean isClosed() {
        return source.freed.get();
    }

    /** @throws DatabricksException when the next row cannot be read; then all is closed */
    @Override
    public boolean hasNext() {
        reading.lock();
        try {
            return !closing && advance();
        } finally {
            endTurn();
        }
    }

    /**
     * @throws DatabricksException when the next row cannot be read; then all is closed
     * @throws IllegalStateException when it was closed before the last row
     */
    @Override
    public Row next() {
        reading.lock();
        try {
            if (closing && !atEnd) {
                throw new IllegalStateException("The rows of statement " + source.statementId
                        + " were closed: read them before the exchange that ran the statement ends");
            }
            if (!advance()) {
                throw new NoSuchElementException("The result has no more rows");
            }
            Row row = source.rows.next();
            source.rowsRead++;
            return row;
        } catch (DatabricksException e) {
            closing = true;
            throw e;
        } finally {
            endTurn();
        }
    }

    private boolean advance() {
        if (atEnd) {
            return false;
        }
        try {
            if (source.rows.hasNext()) {
                return true;
            }
            atEnd = true;
            closing = true;
            return false;
        } catch (DatabricksException e) {
            closing = true;
            throw e;
        }
    }

    private void endTurn() {
        reading.unlock();
        if (closing) {
            close();
        }
    }

    @Override
    public void close() {
        closing = true;
        // else the thread that reads closes when it is done, since the driver's rows know no two threads
        if (reading.tryLock()) {
            try {
                source.free();
            } finally {
                reading.unlock();
            }
            cleanable.clean();
        }
    }
}
