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
import java.util.concurrent.atomic.AtomicLong;

import org.apache.spark.SparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

import io.cameldatabricks.testinfra.server.engine.spark.names.Scala;

/** Counts the rows that the tasks of each statement wrote: INSERT has no other count. Thread-safe. */
final class WrittenRows extends SparkListener {

    private static final String JOB_GROUP = "spark.jobGroup.id";
    private static final long PATIENCE_MILLIS = 10_000;

    private final SparkContext context;
    private final Map<Integer, AtomicLong> byStage = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> byGroup = new ConcurrentHashMap<>();

    WrittenRows(SparkContext context) {
        this.context = context;
        context.addSparkListener(this);
    }

    /** Starts to count for a statement. */
    void begin(String jobGroup) {
        byGroup.put(jobGroup, new AtomicLong());
    }

    /** Rows written so far by jobs that have ended. Waits until Spark has told of them all. */
    long count(String jobGroup) throws java.util.concurrent.TimeoutException {
        context.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
        return byGroup.get(jobGroup).get();
    }

    /** Ends the counting for a statement. */
    void end(String jobGroup) {
        byGroup.remove(jobGroup);
    }

    @Override
    public void onJobStart(SparkListenerJobStart start) {
        AtomicLong count = start.properties() == null
                ? null
                : byGroup.get(start.properties().getProperty(JOB_GROUP, ""));
        if (count != null) {
            Scala.list(start.stageIds()).forEach(stage -> byStage.put((Integer) stage, count));
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        AtomicLong count = byStage.get(end.stageId());
        TaskMetrics metrics = end.taskMetrics();
        if (count != null && metrics != null && end.taskInfo().successful()) {
            count.addAndGet(metrics.outputMetrics().recordsWritten());
        }
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted completed) {
        byStage.remove(completed.stageInfo().stageId());
    }
}
