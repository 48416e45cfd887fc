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

import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** What each task of a result job does: copies its rows into the statement's channel. */
final class PushRows extends AbstractFunction1<Iterator<InternalRow>, Object> implements java.io.Serializable {

    private static final long serialVersionUID = 1L;
    private static final int ROWS_PER_BATCH = 512;

    private final long channelNumber;

    PushRows(long channelNumber) {
        this.channelNumber = channelNumber;
    }

    @Override
    public Object apply(Iterator<InternalRow> rows) {
        RowChannel channel = RowChannel.find(channelNumber);
        if (channel == null) {
            return 0;
        }
        int partition = TaskContext.getPartitionId();
        try {
            InternalRow[] batch = new InternalRow[ROWS_PER_BATCH];
            int count = 0;
            while (rows.hasNext()) {
                // Spark reuses the row object
                batch[count++] = rows.next().copy();
                if (count == ROWS_PER_BATCH) {
                    if (!channel.put(partition, batch)) {
                        return 0;
                    }
                    batch = new InternalRow[ROWS_PER_BATCH];
                    count = 0;
                }
            }
            if (count > 0) {
                channel.put(partition, java.util.Arrays.copyOf(batch, count));
            }
            channel.complete(partition);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The statement was canceled", e);
        }
        return 0;
    }
}
