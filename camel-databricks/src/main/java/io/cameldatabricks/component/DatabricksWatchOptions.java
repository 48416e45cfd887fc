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

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

import io.cameldatabricks.component.deliver.DeliverySettings;
import io.cameldatabricks.component.deliver.OnStop;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.StatementIdCipher;
import io.cameldatabricks.component.track.RetentionSettings;
import io.cameldatabricks.component.watch.BulkStatus;
import io.cameldatabricks.component.watch.WatchSettings;

/**
 * How submitted statements are kept, watched and delivered. The node that submits a statement watches it, so the options
 * about that are for producers too.
 */
@UriParams
public class DatabricksWatchOptions implements Cloneable {

    @UriParam(
            label = "advanced",
            description =
                    "Where the handles of submitted statements are kept: a bean of type StatementHandleRepository. SUBMIT and the consumer of a name need the same. Without it the only bean of this type in the registry is used, else what durable says.")
    private StatementHandleRepository handleRepository;

    @UriParam(
            defaultValue = "false",
            description =
                    "Whether handles survive the end of the process. If true and no StatementHandleRepository is given, they are kept in the database of the only PostgreSQL or H2 DataSource in the registry, else in an H2 file in dataDir, which needs com.h2database:h2. If false and no repository is given, they are kept in memory: they end with the process, while their statements run on.")
    private boolean durable;

    @UriParam(
            description =
                    "With durable=true: the directory of the H2 file that keeps the handles, for one process at a time; made if missing. A DataSource in the registry is then not looked for. Without it the directory databricks-handles in the working directory of the process is used.")
    private String dataDir;

    @UriParam(
            label = "security",
            description =
                    "With durable=true: encrypts the ids of statements over Thrift, which hold a secret; a bean, such as an AesGcmStatementIdCipher. Without it the only bean of this type in the registry is used; without any, SUBMIT over Thrift with durable=true is refused.")
    private StatementIdCipher statementIdCipher;

    @UriParam(
            label = "advanced",
            defaultValue = "5m",
            javaType = "java.time.Duration",
            description =
                    "How long after its intent a statement, to whose submit no answer came, is looked for in the query history before it is reported as lost. The longest submit and the delay of the history have to fit in.")
    private long settleTime = WatchSettings.standard().settleTime().toMillis();

    @UriParam(
            label = "advanced",
            defaultValue = "1h",
            javaType = "java.time.Duration",
            description =
                    "How long delivered handles are kept, so that a late duplicate is recognised. The longest time among the endpoints of a repository counts.")
    private long retention = RetentionSettings.standard().delivered().toMillis();

    @UriParam(
            label = "advanced",
            defaultValue = "7d",
            javaType = "java.time.Duration",
            description =
                    "How long dead handles are kept, so that somebody can look. The longest time among the endpoints of a repository counts.")
    private long deadRetention = RetentionSettings.standard().dead().toMillis();

    @UriParam(
            label = "advanced",
            defaultValue = "15s",
            javaType = "java.time.Duration",
            description =
                    "After this time without a sign of life another node takes the handles of this one over; at least 3s. One write each third of it, whatever the number of handles.")
    private long lease = 15_000;

    @UriParam(
            label = "advanced",
            defaultValue = "AUTO",
            description =
                    "Whether many running statements are asked for at once, through the query history: AUTO when there are 50 or more in the workspace, ALWAYS, or NEVER.")
    private BulkStatus bulkStatus = BulkStatus.AUTO;

    @UriParam(
            label = "advanced",
            defaultValue = "0.1",
            description =
                    "A running statement is looked at again after this share of its age, but not later than after the square root of its age in seconds.")
    private double pollRatio = 0.1;

    @UriParam(
            label = "advanced",
            defaultValue = "250ms",
            javaType = "java.time.Duration",
            description = "A running statement is looked at again after this time at the earliest.")
    private long minPollInterval = 250;

    @UriParam(
            label = "advanced",
            defaultValue = "10m",
            javaType = "java.time.Duration",
            description =
                    "A running statement is looked at again after this time at the latest; at most 14m, since the server drops statements that nobody asks for.")
    private long maxPollInterval = 600_000;

    @UriParam(
            label = "consumer",
            defaultValue = "10",
            description =
                    "How many results are delivered at the same time at most. Further ones wait in the repository, not in memory.")
    private int maxInFlight = DeliverySettings.MAX_IN_FLIGHT;

    @UriParam(
            label = "consumer",
            defaultValue = "10",
            description =
                    "How often a result is delivered at most. When the last exchange fails too, the handle is kept as DEAD with the reason.")
    private int maxDeliveries = DeliverySettings.MAX_DELIVERIES;

    @UriParam(
            label = "consumer",
            defaultValue = "1s",
            javaType = "java.time.Duration",
            description =
                    "How long to wait before a result is delivered again after its exchange failed; doubled each time, up to 5 minutes.")
    private long redeliveryDelay = DeliverySettings.REDELIVERY_DELAY.toMillis();

    @UriParam(
            label = "consumer",
            defaultValue = "DETACH",
            description =
                    "What becomes of running statements when the consumer is stopped: DETACH lets them run on, and what ends meanwhile is delivered after the next start; CANCEL cancels those that this node watches; WAIT delivers them first, as long as the shutdown time-out allows.")
    private OnStop onStop = OnStop.DETACH;

    @UriParam(
            label = "consumer",
            defaultValue = "true",
            description =
                    "Whether a statement that failed, was cancelled or was lost, and a result that expired, arrive as exchanges with the exception, for the error handler of the route. If false, they are logged at WARN and confirmed.")
    private boolean deliverFailures = true;

    /** A copy that can be changed without changing this. */
    public DatabricksWatchOptions copy() {
        try {
            return (DatabricksWatchOptions) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public StatementHandleRepository getHandleRepository() {
        return handleRepository;
    }

    public void setHandleRepository(StatementHandleRepository handleRepository) {
        this.handleRepository = handleRepository;
    }

    public boolean isDurable() {
        return durable;
    }

    public void setDurable(boolean durable) {
        this.durable = durable;
    }

    public String getDataDir() {
        return dataDir;
    }

    public void setDataDir(String dataDir) {
        this.dataDir = dataDir;
    }

    public StatementIdCipher getStatementIdCipher() {
        return statementIdCipher;
    }

    public void setStatementIdCipher(StatementIdCipher statementIdCipher) {
        this.statementIdCipher = statementIdCipher;
    }

    public long getSettleTime() {
        return settleTime;
    }

    public void setSettleTime(long settleTime) {
        this.settleTime = settleTime;
    }

    public long getRetention() {
        return retention;
    }

    public void setRetention(long retention) {
        this.retention = retention;
    }

    public long getDeadRetention() {
        return deadRetention;
    }

    public void setDeadRetention(long deadRetention) {
        this.deadRetention = deadRetention;
    }

    public long getLease() {
        return lease;
    }

    public void setLease(long lease) {
        this.lease = lease;
    }

    public BulkStatus getBulkStatus() {
        return bulkStatus;
    }

    public void setBulkStatus(BulkStatus bulkStatus) {
        this.bulkStatus = bulkStatus;
    }

    public double getPollRatio() {
        return pollRatio;
    }

    public void setPollRatio(double pollRatio) {
        this.pollRatio = pollRatio;
    }

    public long getMinPollInterval() {
        return minPollInterval;
    }

    public void setMinPollInterval(long minPollInterval) {
        this.minPollInterval = minPollInterval;
    }

    public long getMaxPollInterval() {
        return maxPollInterval;
    }

    public void setMaxPollInterval(long maxPollInterval) {
        this.maxPollInterval = maxPollInterval;
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public int getMaxDeliveries() {
        return maxDeliveries;
    }

    public void setMaxDeliveries(int maxDeliveries) {
        this.maxDeliveries = maxDeliveries;
    }

    public long getRedeliveryDelay() {
        return redeliveryDelay;
    }

    public void setRedeliveryDelay(long redeliveryDelay) {
        this.redeliveryDelay = redeliveryDelay;
    }

    public OnStop getOnStop() {
        return onStop;
    }

    public void setOnStop(OnStop onStop) {
        this.onStop = onStop;
    }

    public boolean isDeliverFailures() {
        return deliverFailures;
    }

    public void setDeliverFailures(boolean deliverFailures) {
        this.deliverFailures = deliverFailures;
    }
}
