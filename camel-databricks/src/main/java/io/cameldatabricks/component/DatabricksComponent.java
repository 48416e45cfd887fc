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

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.util.PropertiesHelper;

import io.cameldatabricks.component.observe.ConsoleText;
import io.cameldatabricks.component.retry.RateLimiter;
import io.cameldatabricks.component.source.Environment;

/**
 * Runs SQL statements on Databricks SQL warehouses and clusters. Its options are the defaults of its endpoints; its pools
 * are shared by them and closed with it.
 */
@ManagedResource(description = "Managed DatabricksComponent")
@Component("databricks")
public class DatabricksComponent extends HealthCheckComponent {

    @Metadata(
            label = "advanced",
            description = "Which workspace and warehouse, and who connects: defaults for all endpoints.")
    private DatabricksWorkspaceOptions workspace = new DatabricksWorkspaceOptions();

    @Metadata(label = "advanced", description = "Who connects: defaults for all endpoints.")
    private DatabricksSecurityOptions security = new DatabricksSecurityOptions();

    @Metadata(label = "advanced", description = "The connections: defaults for all endpoints.")
    private DatabricksPoolOptions pool = new DatabricksPoolOptions();

    @Metadata(label = "advanced", description = "The statement: defaults for all endpoints.")
    private DatabricksStatementOptions statement = new DatabricksStatementOptions();

    @Metadata(label = "advanced", description = "The result: defaults for all endpoints.")
    private DatabricksResultOptions result = new DatabricksResultOptions();

    @Metadata(
            label = "advanced",
            description = "How submitted statements are kept, watched and delivered: defaults for all endpoints.")
    private DatabricksWatchOptions watch = new DatabricksWatchOptions();

    @Metadata(label = "advanced", description = "How rows of messages are written: defaults for all endpoints.")
    private DatabricksIngestOptions ingest = new DatabricksIngestOptions();

    @Metadata(label = "advanced", description = "How files of Volumes are used: defaults for all endpoints.")
    private DatabricksVolumeOptions volume = new DatabricksVolumeOptions();

    @Metadata(label = "advanced", description = "How consumers poll queries: defaults for all endpoints.")
    private DatabricksQueryConsumerOptions queryConsumer = new DatabricksQueryConsumerOptions();

    @Metadata(label = "advanced", description = "What is seen of statements from outside: defaults for all endpoints.")
    private DatabricksObserveOptions observe = new DatabricksObserveOptions();

    private final ComponentServices services = new ComponentServices(this::getCamelContext);

    private Environment environment = Environment.ofProcess();

    private ComponentConsole console;

    public DatabricksComponent() {}

    public DatabricksComponent(CamelContext context) {
        super(context);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        UriMasking.register(getCamelContext());
        if (remaining == null || remaining.isBlank()) {
            throw new IllegalArgumentException(
                    "The name is missing: write databricks:name, with a name of your choice.");
        }
        DatabricksEndpoint endpoint = new DatabricksEndpoint(uri, this);
        endpoint.setName(remaining);
        OwnSource.replaceDefaults(endpoint, parameters.keySet());
        DatabricksWorkspaceOptions options = endpoint.getWorkspace();
        options.getHttpHeaders().putAll(PropertiesHelper.extractProperties(parameters, "httpHeaders."));
        options.getSessionConfiguration()
                .putAll(PropertiesHelper.extractProperties(parameters, "sessionConfiguration."));
        options.getDriverProperties().putAll(PropertiesHelper.extractProperties(parameters, "driverProperties."));
        endpoint.configureProperties(parameters);
        setProperties(endpoint, parameters);
        if (!parameters.isEmpty()) {
            // names only: a misspelt accessToken still holds a token
            throw new IllegalArgumentException("Unknown option " + String.join(", ", new TreeSet<>(parameters.keySet()))
                    + ": correct its name or remove it.");
        }
        return endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        services.start(RegistryBeans.of(this));
        console = new ComponentConsole(getDefaultName(), services);
        getCamelContext().addService(console);
    }

    @Override
    protected void doStop() throws Exception {
        if (console != null) {
            getCamelContext().removeService(console);
            console = null;
        }
        services.stop();
        super.doStop();
    }

    /** What its endpoints share. */
    ComponentServices services() {
        return services;
    }

    /**
     * The health checks of its producers and consumers, whether Camel calls them or not: warehouses by their state, which is
     * asked for without SQL and wakes none, backlogs, and the readiness of consumers.
     */
    public Collection<HealthCheck> healthChecks() {
        return services.checks() == null ? List.of() : services.checks().all();
    }

    @ManagedAttribute(description = "Pools of connections that are open")
    public int getOpenPools() {
        return services.warehouses().size();
    }

    @ManagedAttribute(description = "Connections that run a statement or hold rows")
    public int getConnectionsInUse() {
        return services.warehouses().all().stream()
                .mapToInt(warehouse -> warehouse.pool().stats().inUse())
                .sum();
    }

    @ManagedAttribute(description = "Answers 429 of workspaces since the start")
    public long getThrottled() {
        return services.statements() == null
                ? 0
                : services.statements().limiters().values().stream()
                        .mapToLong(RateLimiter::refusals)
                        .sum();
    }

    @ManagedOperation(description = "Pools, rate limiters, handles by state and last errors, as text")
    public String console() {
        return console == null ? "The component is stopped" : ConsoleText.of(console.snapshot(5));
    }

    public DatabricksObserveOptions getObserve() {
        return observe;
    }

    public void setObserve(DatabricksObserveOptions observe) {
        this.observe = observe;
    }

    public DatabricksQueryConsumerOptions getQueryConsumer() {
        return queryConsumer;
    }

    public void setQueryConsumer(DatabricksQueryConsumerOptions queryConsumer) {
        this.queryConsumer = queryConsumer;
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

    Environment getEnvironment() {
        return environment;
    }

    /** For tests, which have an environment of their own. */
    void useEnvironment(Environment environment) {
        this.environment = environment;
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
}
