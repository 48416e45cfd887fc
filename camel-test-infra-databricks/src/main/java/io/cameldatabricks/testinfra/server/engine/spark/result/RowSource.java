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

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.CollectLimitExec;
import org.apache.spark.sql.execution.CommandResultExec;
import org.apache.spark.sql.execution.LocalTableScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.TakeOrderedAndProjectExec;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.runtime.BoxedUnit;
import scala.util.Failure;

import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;

/**
 * The rows of an executed plan, in order and in bounded memory. One thread reads it; closing it early stops the job's
 * tasks at their next batch.
 */
public final class RowSource implements Iterator<InternalRow>, AutoCloseable {

    private static final int SMALL = 10_000;

    private final RowChannel channel;
    private final SimpleFutureAction<Object> job;
    private final int partitions;
    private int partition;
    private InternalRow[] batch;
    private int position;

    private RowSource(InternalRow[] rows) {
        this.channel = null;
        this.job = null;
        this.partitions = 0;
        this.batch = rows;
    }

    private RowSource(RowChannel channel, SimpleFutureAction<Object> job, int partitions) {
        this.channel = channel;
        this.job = job;
        this.partitions = partitions;
    }

    /** Starts the plan; small results that Spark can give at once need no job of their own. */
    public static RowSource of(SparkPlan plan, SparkContext context) {
        if (isSmall(plan)) {
            return new RowSource(plan.executeCollect());
        }
        RDD<InternalRow> rows = plan.execute();
        int partitions = rows.getNumPartitions();
        RowChannel channel = new RowChannel(partitions);
        Seq<Object> all = Scala.seq(IntStream.range(0, partitions).boxed().toList());
        SimpleFutureAction<Object> job = context.submitJob(
                rows, new PushRows(channel.number()), all, (index, result) -> BoxedUnit.UNIT, () -> BoxedUnit.UNIT);
        job.onComplete(
                outcome -> {
                    if (outcome instanceof Failure<?> failure) {
                        channel.fail(failure.exception());
                    }
                    return BoxedUnit.UNIT;
                },
                ExecutionContext.global());
        return new RowSource(channel, job, partitions);
    }

    private static boolean isSmall(SparkPlan plan) {
        return plan instanceof LocalTableScanExec
                || plan instanceof CommandResultExec
                || (plan instanceof CollectLimitExec limit && limit.limit() <= SMALL)
                || (plan instanceof TakeOrderedAndProjectExec top && top.limit() <= SMALL);
    }

    @Override
    public boolean hasNext() {
        while (batch == null || position == batch.length) {
            batch = null;
            position = 0;
            if (partition == partitions) {
                batch = new InternalRow[0];
                return false;
            }
            try {
                batch = channel.take(partition);
            } catch (Throwable e) {
                throw sneaky(e);
            }
            if (batch == null) {
                partition++;
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked") // rethrows what Spark threw, whatever it is
    private static <T extends Throwable> RuntimeException sneaky(Throwable e) throws T {
        throw (T) e;
    }

    @Override
    public InternalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return batch[position++];
    }

    @Override
    public void close() {
        if (channel != null) {
            channel.close();
            if (!job.isCompleted()) {
                job.cancel();
            }
        }
    }
}
