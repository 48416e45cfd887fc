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

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;

import javax.management.openmbean.TabularData;

import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

import io.cameldatabricks.component.deliver.HandleDispatcher;
import io.cameldatabricks.component.deliver.OnStop;
import io.cameldatabricks.component.observe.HandleTable;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.thread.AsyncThreads;
import io.cameldatabricks.component.workspace.StatementPlace;

/**
 * Sends one exchange into the route for each submitted statement of its name that has ended. A handle is confirmed when its
 * exchange is done. While the consumer is suspended it claims nothing.
 */
@ManagedResource(description = "Managed DatabricksConsumer")
public class DatabricksConsumer extends DefaultConsumer implements ShutdownAware, Suspendable {

    private final Object opening = new Object();
    private volatile HandleService service;
    private volatile HandleDispatcher dispatcher;
    private volatile ExecutorService executor;
    private boolean open;

    public DatabricksConsumer(DatabricksEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    @Override
    public DatabricksEndpoint getEndpoint() {
        return (DatabricksEndpoint) super.getEndpoint();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (getHealthCheck() == null) {
            setHealthCheck(new ConsumerReadiness(this));
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        int threads = getEndpoint().handles().delivery().maxInFlight() + 1;
        synchronized (opening) {
            executor = new CamelThreads(getEndpoint().getCamelContext()).pool(this, "DatabricksDelivery", threads);
            open = true;
        }
        services().checks().addReadiness(getHealthCheck());
        StatementPlace place = getEndpoint().handles().settings().place();
        if (!place.isKnown()) {
            find(place, 1);
            return;
        }
        try {
            begin();
        } catch (RuntimeException | Error e) {
            // Camel does not stop what did not start, and may start it again
            ExecutorService unused;
            synchronized (opening) {
                unused = executor;
                executor = null;
            }
            unused.shutdown();
            services().checks().removeReadiness(getHealthCheck());
            throw e;
        }
    }

    /** A data source of the user may be out of reach when the route starts. */
    private void find(StatementPlace place, int attempt) {
        place.find().thenRun(this::begin).whenComplete((begun, failure) -> {
            ExecutorService pool = executor;
            if (failure == null || pool == null) {
                return;
            }
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            readiness().failed(cause);
            Duration pause = readiness().pause(attempt);
            getExceptionHandler()
                    .handleException(
                            "Where the data source of " + getEndpoint().getName()
                                    + " leads is not known yet; trying again in " + pause,
                            cause);
            Delayer.on(AsyncThreads.neverLosing(pool)).after(pause, () -> {
                if (executor == pool) {
                    find(place, attempt + 1);
                }
            });
        });
    }

    private void begin() {
        synchronized (opening) {
            if (executor == null || dispatcher != null) {
                return;
            }
            HandleService opened = new HandleService(getEndpoint());
            RouteDelivery delivery =
                    new RouteDelivery(this, services().observation().listener());
            HandleDispatcher begun;
            try {
                begun = new HandleDispatcher(
                        getEndpoint().handles().delivery(), opened.ports(delivery, delivery, executor));
                opened.serve(begun::wake);
            } catch (RuntimeException | Error e) {
                opened.close();
                throw e;
            }
            service = opened;
            dispatcher = begun;
            addBacklogCheck();
            if (open) {
                dispatcher.start();
            }
            readiness().probe(service, Delayer.on(AsyncThreads.neverLosing(executor)));
        }
    }

    private ComponentServices services() {
        return getEndpoint().getComponent().services();
    }

    private void addBacklogCheck() {
        services()
                .checks()
                .addBacklog(
                        getEndpoint().getName(),
                        getEndpoint().handles().repository(),
                        SettingsFactory.maxBacklogAge(getEndpoint().getObserve()),
                        getEndpoint().getComponent().isHealthCheckConsumerEnabled());
    }

    /** Whether this is still what delivers. */
    boolean isServing(HandleService asked) {
        return service == asked && executor != null;
    }

    @Override
    protected void doSuspend() throws Exception {
        synchronized (opening) {
            open = false;
            if (dispatcher != null) {
                dispatcher.stop();
            }
        }
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        synchronized (opening) {
            open = true;
            if (dispatcher != null) {
                dispatcher.start();
            }
        }
    }

    @Override
    protected void doStop() throws Exception {
        HandleDispatcher ending;
        ExecutorService pool;
        synchronized (opening) {
            ending = dispatcher;
            pool = executor;
            dispatcher = null;
            executor = null;
        }
        if (pool != null) {
            services().checks().removeReadiness(getHealthCheck());
        }
        if (ending != null) {
            services().checks().removeBacklog(getEndpoint().getName());
            service.unserve();
            if (getEndpoint().getWatch().getOnStop() == OnStop.CANCEL) {
                service.cancelRunning();
            }
            HandleService ended = service;
            // what is in flight after a stop that was not graceful still settles its handles
            ending.stop().whenComplete((nothing, failure) -> {
                ended.close();
                pool.shutdown();
            });
        } else if (pool != null) {
            pool.shutdown();
        }
        super.doStop();
    }

    /** With {@code onStop=WAIT} it goes on until every statement has been delivered. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return getEndpoint().getWatch().getOnStop() == OnStop.WAIT;
    }

    @Override
    public int getPendingExchangesSize() {
        HandleDispatcher current = dispatcher;
        if (current == null) {
            return 0;
        }
        int pending = current.inFlight();
        return getEndpoint().getWatch().getOnStop() == OnStop.WAIT ? pending + service.undelivered() : pending;
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // nothing but what stop does
    }

    ConsumerReadiness readiness() {
        return (ConsumerReadiness) getHealthCheck();
    }

    /** How many exchanges are on their way, or wait for their end to be written down. */
    int inFlight() {
        HandleDispatcher current = dispatcher;
        return current == null ? 0 : current.inFlight();
    }

    @ManagedAttribute(description = "Handles that are delivered at the moment")
    public int getInFlight() {
        return inFlight();
    }

    @ManagedAttribute(description = "Statements whose end this process waits for")
    public int getWatched() {
        HandleService current = service;
        return current == null || executor == null ? 0 : current.running().size();
    }

    @ManagedOperation(description = "Handles in a state, such as SUBMITTED, COMPLETED or DEAD; the oldest first")
    public TabularData listHandles(String state, int most) {
        return HandleTable.of(new ManagedHandles(getEndpoint()).list(state, most));
    }

    @ManagedOperation(description = "Handles that were given up, with the reason; the oldest first")
    public TabularData deadLetters(int most) {
        return listHandles(HandleState.DEAD.name(), most);
    }

    @ManagedOperation(description = "Asks the server to cancel the statement of a handle")
    public String cancelStatement(String key) throws InterruptedException {
        return new ManagedHandles(getEndpoint()).cancel(key);
    }

    @ManagedOperation(description = "Delivers a handle after all that was given up")
    public String redeliver(String key) {
        return new ManagedHandles(getEndpoint()).redeliver(key);
    }

    HandleService service() {
        return service;
    }

    /** Rows could be read. */
    void reached() {
        readiness().answered();
        HandleDispatcher current = dispatcher;
        if (current != null) {
            current.reached();
        }
    }
}
