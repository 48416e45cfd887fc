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
package io.cameldatabricks.testinfra.server.engine.spark.result;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Brings the rows of a running Spark job to the statement's thread, partition after partition, with a bounded buffer for
 * each partition. Local mode only: tasks run in this JVM and find their channel by its number.
 */
final class RowChannel implements AutoCloseable {

    private static final int BATCHES_AHEAD = 4;
    private static final Map<Long, RowChannel> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private static final class Partition {
        private final ArrayDeque<InternalRow[]> batches = new ArrayDeque<>();
        private boolean complete;
    }

    private final long number = NUMBERS.incrementAndGet();
    private final List<Partition> partitions = new ArrayList<>();
    private Throwable failure;
    private boolean closed;

    RowChannel(int partitionCount) {
        for (int i = 0; i < partitionCount; i++) {
            partitions.add(new Partition());
        }
        OPEN.put(number, this);
    }

    long number() {
        return number;
    }

    /** @return the channel, or null when its reader has gone */
    static RowChannel find(long number) {
        return OPEN.get(number);
    }

    /**
     * Called by a task.
     *
     * @return false when nobody reads any more
     */
    synchronized boolean put(int index, InternalRow[] batch) throws InterruptedException {
        Partition partition = partitions.get(index);
        while (!closed && partition.batches.size() >= BATCHES_AHEAD) {
            wait();
        }
        if (closed) {
            return false;
        }
        partition.batches.add(batch);
        notifyAll();
        return true;
    }

    synchronized void complete(int index) {
        partitions.get(index).complete = true;
        notifyAll();
    }

    synchronized void fail(Throwable cause) {
        failure = cause;
        notifyAll();
    }

    /** @return the partition's next rows, or null when it has no more */
    synchronized InternalRow[] take(int index) throws Throwable {
        Partition partition = partitions.get(index);
        while (partition.batches.isEmpty() && !partition.complete) {
            if (failure != null) {
                throw failure;
            }
            wait();
        }
        InternalRow[] batch = partition.batches.poll();
        notifyAll();
        return batch;
    }

    @Override
    public synchronized void close() {
        closed = true;
        OPEN.remove(number);
        partitions.forEach(partition -> partition.batches.clear());
        notifyAll();
    }
}
