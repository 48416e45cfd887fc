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

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.apache.camel.support.service.ServiceHelper;

import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.pool.ConnectionSource;
import io.cameldatabricks.component.sql.ParsedScript;
import io.cameldatabricks.component.store.RepositoryChoice;
import io.cameldatabricks.component.workspace.WarehouseAccess;
import io.cameldatabricks.component.workspace.WarehouseUse;

/**
 * Run SQL statements on Databricks SQL warehouses and clusters.
 */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "databricks",
        title = "Databricks",
        syntax = "databricks:name",
        category = {Category.DATABASE, Category.CLOUD, Category.BIGDATA},
        headersClass = DatabricksConstants.class)
@ManagedResource(description = "Managed DatabricksEndpoint")
public class DatabricksEndpoint extends ScheduledPollEndpoint implements AsyncEndpoint, EndpointServiceLocation {

    private static final long DEFAULT_DELAY_SECONDS = 60;

    @UriPath(description = "A name for this use of the warehouse, chosen freely.")
    @Metadata(required = true)
    private String name;

    @UriParam
    private DatabricksWorkspaceOptions workspace;

    @UriParam
    private DatabricksSecurityOptions security;

    @UriParam
    private DatabricksPoolOptions pool;

    @UriParam
    private DatabricksStatementOptions statement;

    @UriParam
    private DatabricksResultOptions result;

    @UriParam
    private DatabricksWatchOptions watch;

    @UriParam
    private DatabricksIngestOptions ingest;

    @UriParam
    private DatabricksVolumeOptions volume;

    @UriParam
    private DatabricksQueryConsumerOptions queryConsumer;

    @UriParam
    private DatabricksObserveOptions observe;

    @UriParam(
            defaultValue = "60000",
            javaType = "java.time.Duration",
            label = "consumer,scheduler",
            description =
                    "How long a consumer waits between two polls of its query. Each poll is a statement, and keeps the warehouse awake.")
    private long delay = -1;

    private final CommonBeans commonBeans;
    private EndpointSettings settings;
    private ParsedScript query;
    private EndpointHandles handles;
    private EndpointOperations operations;

    public DatabricksEndpoint(String uri, DatabricksComponent component) {
        super(uri, component);
        workspace = component.getWorkspace().copy();
        security = component.getSecurity().copy();
        pool = component.getPool().copy();
        commonBeans = CommonBeans.takeFrom(security, pool);
        statement = component.getStatement().copy();
        result = component.getResult().copy();
        watch = component.getWatch().copy();
        ingest = component.getIngest().copy();
        volume = component.getVolume().copy();
        queryConsumer = component.getQueryConsumer().copy();
        observe = component.getObserve().copy();
    }

    @Override
    public Producer createProducer() {
        return new DatabricksProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (polls()) {
            DatabricksQueryConsumer consumer = new DatabricksQueryConsumer(this, processor, pollSettings());
            configureConsumer(consumer);
            return consumer;
        }
        handles.checkDelivery();
        DatabricksConsumer consumer = new DatabricksConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public PollingConsumer createPollingConsumer() throws Exception {
        if (polls()) {
            return super.createPollingConsumer();
        }
        handles.checkDelivery();
        return new DatabricksPollingConsumer(this);
    }

    /** Whether a consumer polls, rather than to deliver what was submitted. */
    private boolean polls() {
        return query != null || OptionText.blankToNull(queryConsumer.getChangeFeed()) != null;
    }

    private PollSettings pollSettings() {
        return PollSettings.of(name, query, statement, queryConsumer, settings.result(), this::script);
    }

    private ParsedScript script(String option) {
        try {
            return QueryResource.load(getCamelContext(), option);
        } catch (IOException e) {
            throw new IllegalArgumentException("A file that an option names cannot be read", e);
        }
    }

    /** The base class has another default. */
    @Override
    protected void doConfigureConsumer(Consumer consumer) {
        super.doConfigureConsumer(consumer);
        if (delay < 0 && consumer instanceof ScheduledPollConsumer polling) {
            polling.setDelay(getTimeUnit().convert(DEFAULT_DELAY_SECONDS, TimeUnit.SECONDS));
        }
    }

    @Override
    public long getDelay() {
        return delay;
    }

    @Override
    public void setDelay(long delay) {
        super.setDelay(delay);
        this.delay = delay;
    }

    /** Checks every option; nothing is sent to the warehouse. */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        commonBeans.complete(workspace, security, pool, getComponent());
        settings = EndpointSettings.of(this);
        handles = new EndpointHandles(
                this,
                new EndpointHandles.Connections(settings.source(), settings.pool()),
                RepositoryChoice.of(
                        SettingsFactory.handles(watch, getComponent().getWatch()),
                        RegistryBeans.of(getComponent()).forHandles(pool)));
        query = QueryResource.load(getCamelContext(), statement.getQuery());
        operations = new EndpointOperations(this, settings.source());
        if (statement.getOperation().writesRows() || statement.getOperation().isAboutFiles()) {
            operations.check(statement.getOperation());
        } else if (holdsNoThread(statement.getOperation())) {
            handles.settings();
        }
    }

    /**
     * Camel gives a component to whoever asks for it while the first who asked still starts it; messages that come at once
     * after the start of a context would find one that cannot do anything yet.
     */
    @Override
    protected void doStart() throws Exception {
        if (getCamelContext().isRunAllowed()) {
            ServiceHelper.startService(getComponent());
        }
        super.doStart();
    }

    /** How results are read and handed over. */
    ResultSettings resultSettings() {
        return settings.result();
    }

    ExchangeReader createReader() {
        if (query == null
                && !statement.isAllowDynamicQuery()
                && statement.getOperation().runsStatement()) {
            throw new IllegalArgumentException("The option query is missing: give SQL text, classpath:<file> or"
                    + " file:<file>, or set allowDynamicQuery=true to take it from the header "
                    + DatabricksConstants.QUERY + ".");
        }
        return reader();
    }

    ExchangeReader reader() {
        return new ExchangeReader(query, settings.limits(), settings.result(), statement);
    }

    /** Whether the operation holds no thread while its statement runs. */
    boolean holdsNoThread(DatabricksOperation operation) {
        return operation.usesHandles() || operation == DatabricksOperation.EXECUTE && statement.isAsync();
    }

    /** What writes rows and moves files. */
    EndpointOperations operations() {
        return operations;
    }

    /** The statements that hold no thread. */
    EndpointHandles handles() {
        return handles;
    }

    /** The connections that statements run on. */
    WarehouseUse warehouse() {
        return warehouse(null);
    }

    /**
     * The connections that results are read on. While rows are streamed a slow route keeps its connection, so each name has
     * connections of its own for that: others must not wait for it.
     */
    WarehouseUse deliveryWarehouse() {
        return warehouse(result.getOutputType().isStream() ? "delivery of " + name : null);
    }

    /** The connections that a consumer polls on: it must not wait for messages, nor they for it. */
    WarehouseUse pollWarehouse() {
        return warehouse("polls of " + name);
    }

    private WarehouseUse warehouse(String use) {
        return new WarehouseUse(
                getComponent().services().warehouses(),
                new WarehouseAccess.Key(settings.source(), settings.pool(), use));
    }

    @Override
    public DatabricksComponent getComponent() {
        return (DatabricksComponent) super.getComponent();
    }

    @ManagedAttribute(description = "Whether handles of submitted statements survive the end of the process")
    public boolean isHandlesDurable() {
        return handles != null && handles.isDurable();
    }

    /** The workspace, without any secret. */
    @Override
    @ManagedAttribute(description = "Where statements run")
    public String getServiceUrl() {
        return settings == null ? null : settings.source().url();
    }

    @Override
    public String getServiceProtocol() {
        return "databricks";
    }

    @Override
    public Map<String, String> getServiceMetadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        if (settings != null && settings.source() instanceof ConnectionSource.Warehouse warehouse) {
            metadata.put("httpPath", warehouse.connection().httpPath().value());
            if (warehouse.connection().catalog() != null) {
                metadata.put("catalog", warehouse.connection().catalog());
            }
            if (warehouse.connection().schema() != null) {
                metadata.put("schema", warehouse.connection().schema());
            }
        }
        return metadata;
    }

    @ManagedAttribute(description = "Pairs those who submit with those who deliver")
    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public DatabricksWorkspaceOptions getWorkspace() {
        return workspace;
    }

    public void setWorkspace(DatabricksWorkspaceOptions workspace) {
        this.workspace = workspace;
    }

    public DatabricksSecurityOptions getSecurity() {
        return security;
    }

    public void setSecurity(DatabricksSecurityOptions security) {
        this.security = security;
    }

    public DatabricksPoolOptions getPool() {
        return pool;
    }

    public void setPool(DatabricksPoolOptions pool) {
        this.pool = pool;
    }

    public DatabricksStatementOptions getStatement() {
        return statement;
    }

    public void setStatement(DatabricksStatementOptions statement) {
        this.statement = statement;
    }

    public DatabricksResultOptions getResult() {
        return result;
    }

    public void setResult(DatabricksResultOptions result) {
        this.result = result;
    }

    public DatabricksWatchOptions getWatch() {
        return watch;
    }

    public void setWatch(DatabricksWatchOptions watch) {
        this.watch = watch;
    }

    public DatabricksQueryConsumerOptions getQueryConsumer() {
        return queryConsumer;
    }

    public void setQueryConsumer(DatabricksQueryConsumerOptions queryConsumer) {
        this.queryConsumer = queryConsumer;
    }

    public DatabricksObserveOptions getObserve() {
        return observe;
    }

    public void setObserve(DatabricksObserveOptions observe) {
        this.observe = observe;
    }

    public DatabricksVolumeOptions getVolume() {
        return volume;
    }

    public void setVolume(DatabricksVolumeOptions volume) {
        this.volume = volume;
    }

    public DatabricksIngestOptions getIngest() {
        return ingest;
    }

    public void setIngest(DatabricksIngestOptions ingest) {
        this.ingest = ingest;
    }
}
