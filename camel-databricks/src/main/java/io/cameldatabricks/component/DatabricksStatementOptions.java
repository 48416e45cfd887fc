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
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

import io.cameldatabricks.component.execute.OnTimeout;
import io.cameldatabricks.component.pool.PoolSettings;
import io.cameldatabricks.component.track.SubmitGuarantee;

/** The statement and what a message may change about it. */
@UriParams
public class DatabricksStatementOptions implements Cloneable {

    @UriParam(
            description =
                    "The SQL text, or where it is: classpath:sql/report.sql or file:/etc/report.sql. Parameters are written as :name or as question marks. Several statements, with semicolons between them, run one after the other in one session; the result is that of the last. Text with & or # has to be in RAW(). A consumer that has a query polls it.")
    @Metadata(supportFileReference = true)
    private String query;

    @UriParam(label = "producer", defaultValue = "EXECUTE", description = "What to do with a message.")
    private DatabricksOperation operation = DatabricksOperation.EXECUTE;

    @UriParam(
            label = "producer",
            defaultValue = "0",
            javaType = "java.time.Duration",
            description =
                    "After this time the statement is ended as onTimeout says and the message fails with PermanentDatabricksException; 0 for no limit. An endpoint with a limit has a pool of its own kind, whose statements can be cancelled from their first moment and take one more request each.")
    private long queryTimeout;

    @UriParam(
            label = "common",
            defaultValue = "10m",
            javaType = "java.time.Duration",
            description =
                    "How long to wait for a warehouse or cluster that has to start first. That time does not count for queryTimeout nor for connectionTimeout. A start that takes longer fails the message with TransientDatabricksException. With a dataSource it is not known whether the warehouse starts.")
    private long startTimeout = PoolSettings.START_TIMEOUT.toMillis();

    @UriParam(
            label = "producer",
            defaultValue = "CANCEL",
            description =
                    "What becomes of a statement of EXECUTE when queryTimeout or startTimeout is over, or when the route is stopped by force while it runs. CANCEL cancels it on the server and waits until its end is seen. DETACH lets it run on: the message fails with StatementDetachedException and the header CamelDatabricksHandle says where its result will be; not over Thrift, unless async=true.")
    private OnTimeout onTimeout = OnTimeout.CANCEL;

    @UriParam(
            label = "common",
            defaultValue = "0",
            description = "The server stops after as many rows; 0 for all rows.")
    private int rowLimit;

    @UriParam(
            label = "producer,security",
            defaultValue = "false",
            description =
                    "Whether the header CamelDatabricksQuery may give the SQL text, or, where there is neither query nor that header, the body. Who can set them can then run any statement.")
    private boolean allowDynamicQuery;

    @UriParam(
            label = "producer,security",
            defaultValue = "false",
            description = "Whether the header CamelDatabricksOperation may give the operation.")
    private boolean allowDynamicOperation;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description =
                    "Whether EXECUTE waits without a thread and without a connection: the exchange is suspended until the statement ends, so that any number of long statements can run at the same time.")
    private boolean async;

    @UriParam(
            label = "common",
            defaultValue = "AUTO",
            description =
                    "How statements are submitted, watched and cancelled that nobody waits for: REST over the Statement Execution API; JDBC over the driver; AUTO is REST for a SQL warehouse and JDBC for a cluster or a DataSource.")
    private AsyncTransport asyncTransport = AsyncTransport.AUTO;

    @UriParam(
            label = "producer",
            description =
                    "What SUBMIT does when no answer comes, so that the statement may or may not run. By default RECONCILE for a statement that certainly only reads, and AT_MOST_ONCE for any other. AT_MOST_ONCE fails with SubmitOutcomeUnknownException at once, and still delivers the result if the statement is found later. RECONCILE waits until it is found by its tag in the query history, or should have been. AT_LEAST_ONCE submits it again, for statements that may run twice without harm.")
    private SubmitGuarantee submitGuarantee;

    @UriParam(
            label = "producer",
            defaultValue = "0",
            javaType = "java.time.Duration",
            description =
                    "How long the server may hold back its answer to SUBMIT, or to EXECUTE with async=true, for the statement to end: 0, or 5s to 50s. It saves requests for short statements; until the answer comes the id of the statement is not known.")
    private long serverWait;

    @UriParam(
            label = "producer",
            description =
                    "Headers of the message that come back with the result of SUBMIT: names with commas between them, with an asterisk at the end for all that begin so. Text, numbers, booleans and instants can be carried; headers of Camel never are.")
    private String carryHeaders;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description =
                    "Whether the body, or the header CamelDatabricksParameters, is a list of parameter sets, for each of which the statement runs once: a Map for :name markers, a List for question marks. All sets are read before the first runs. For many rows INSERT and LOAD are faster.")
    private boolean batch;

    @UriParam(
            label = "producer",
            description =
                    "Tags of the statement in the query history, such as team=blue,cost=42; a key alone is a tag too. The service copies them as plain text, so they must hold no data.")
    private String queryTags;

    @UriParam(
            label = "producer",
            defaultValue = "false",
            description =
                    "Whether the tags camel_route and camel_exchange say which exchange of which route ran the statement. With EXECUTE, tags that differ from those of the statement before on the same connection cost one request more.")
    private boolean autoTags;

    @UriParam(
            label = "producer,advanced",
            description =
                    "Whether the trace of a message goes with its statement: its header traceparent (W3C Trace Context) becomes the query tag traceparent, which the query history shows, and comes back with the result of a submitted statement.")
    private boolean passTraceparent;

    /** A copy that can be changed without changing this. */
    public DatabricksStatementOptions copy() {
        try {
            return (DatabricksStatementOptions) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getQuery() {
        return query;
    }

    public void setQuery(String query) {
        this.query = query;
    }

    public DatabricksOperation getOperation() {
        return operation;
    }

    public void setOperation(DatabricksOperation operation) {
        this.operation = operation;
    }

    public long getQueryTimeout() {
        return queryTimeout;
    }

    public void setQueryTimeout(long queryTimeout) {
        this.queryTimeout = queryTimeout;
    }

    public long getStartTimeout() {
        return startTimeout;
    }

    public void setStartTimeout(long startTimeout) {
        this.startTimeout = startTimeout;
    }

    public OnTimeout getOnTimeout() {
        return onTimeout;
    }

    public void setOnTimeout(OnTimeout onTimeout) {
        this.onTimeout = onTimeout;
    }

    public int getRowLimit() {
        return rowLimit;
    }

    public void setRowLimit(int rowLimit) {
        this.rowLimit = rowLimit;
    }

    public boolean isAsync() {
        return async;
    }

    public void setAsync(boolean async) {
        this.async = async;
    }

    public AsyncTransport getAsyncTransport() {
        return asyncTransport;
    }

    public void setAsyncTransport(AsyncTransport asyncTransport) {
        this.asyncTransport = asyncTransport;
    }

    public SubmitGuarantee getSubmitGuarantee() {
        return submitGuarantee;
    }

    public void setSubmitGuarantee(SubmitGuarantee submitGuarantee) {
        this.submitGuarantee = submitGuarantee;
    }

    public long getServerWait() {
        return serverWait;
    }

    public void setServerWait(long serverWait) {
        this.serverWait = serverWait;
    }

    public String getCarryHeaders() {
        return carryHeaders;
    }

    public void setCarryHeaders(String carryHeaders) {
        this.carryHeaders = carryHeaders;
    }

    public boolean isAllowDynamicQuery() {
        return allowDynamicQuery;
    }

    public void setAllowDynamicQuery(boolean allowDynamicQuery) {
        this.allowDynamicQuery = allowDynamicQuery;
    }

    public boolean isAllowDynamicOperation() {
        return allowDynamicOperation;
    }

    public void setAllowDynamicOperation(boolean allowDynamicOperation) {
        this.allowDynamicOperation = allowDynamicOperation;
    }

    public boolean isBatch() {
        return batch;
    }

    public void setBatch(boolean batch) {
        this.batch = batch;
    }

    public String getQueryTags() {
        return queryTags;
    }

    public void setQueryTags(String queryTags) {
        this.queryTags = queryTags;
    }

    public boolean isAutoTags() {
        return autoTags;
    }

    public void setAutoTags(boolean autoTags) {
        this.autoTags = autoTags;
    }

    public boolean isPassTraceparent() {
        return passTraceparent;
    }

    public void setPassTraceparent(boolean passTraceparent) {
        this.passTraceparent = passTraceparent;
    }
}
