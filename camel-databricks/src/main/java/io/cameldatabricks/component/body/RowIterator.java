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
package io.cameldatabricks.component.body;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.support.SynchronizationAdapter;

import io.cameldatabricks.component.execute.RowStream;
import io.cameldatabricks.component.result.Row;

/**
 * The body of STREAM_LIST: rows, or groups of them, once through. It holds a connection until its last row, until it is
 * closed, or until every exchange that has it is done: the one that ran the statement, and the copies that a wire tap, SEDA
 * or a parallel multicast made of it. All of them read the same rows, of which each goes to one of them.
 *
 * <p>It tells Camel to be a stream cache, without being one, since that is how Camel tells a body of the copies that are made
 * of its exchange.
 */
final class RowIterator implements Iterator<Object>, Closeable, StreamCache {

    private final RowStream rows;
    private final int groupSize;
    private final Function<Row, Object> mapping;
    private final AtomicInteger holders = new AtomicInteger();

    /**
     * @param groupSize 0 for single rows
     * @param mapping what becomes of a row
     */
    RowIterator(RowStream rows, int groupSize, Function<Row, Object> mapping) {
        this.rows = rows;
        this.groupSize = groupSize;
        this.mapping = mapping;
    }

    /** The rows are closed when this exchange, and all others that were named, are done. */
    void closeWith(Exchange exchange) {
        holders.incrementAndGet();
        exchange.getExchangeExtension().addOnCompletion(new Holder());
    }

    private final class Holder extends SynchronizationAdapter {

        private final AtomicBoolean done = new AtomicBoolean();

        @Override
        public void onDone(Exchange exchange) {
            if (done.compareAndSet(false, true) && holders.decrementAndGet() == 0) {
                close();
            }
        }
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public Object next() {
        if (groupSize == 0) {
            return mapped(rows.next());
        }
        if (!rows.hasNext()) {
            throw new NoSuchElementException("The result has no more rows");
        }
        List<Object> group = new ArrayList<>(groupSize);
        do {
            group.add(mapped(rows.next()));
        } while (group.size() < groupSize && rows.hasNext());
        return Collections.unmodifiableList(group);
    }

    private Object mapped(Row row) {
        try {
            return mapping.apply(row);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public void close() {
        rows.close();
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        closeWith(exchange);
        return this;
    }

    /** Rows that were read are gone. */
    @Override
    public void reset() {
        // nothing to go back to
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        throw new IOException("Rows are no bytes: use outputType=CSV or outputType=JSON_LINES");
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    @Override
    public long length() {
        return 0;
    }

    @Override
    public long position() {
        return -1;
    }

    /** Without rows, which could be read only once. */
    @Override
    public String toString() {
        return "Rows" + rows.schema().names();
    }
}
