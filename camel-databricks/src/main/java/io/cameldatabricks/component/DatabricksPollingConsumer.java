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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;

import org.apache.camel.Exchange;
import org.apache.camel.support.PollingConsumerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.deliver.HandlePoller;
import io.cameldatabricks.component.deliver.NotDeliveredException;
import io.cameldatabricks.component.outcome.HandleResults;

/**
 * Hands out one ended statement whenever it is asked, for {@code poll}, {@code pollEnrich} and {@code ConsumerTemplate}.
 * Claims nothing ahead. A handle is confirmed when the exchange that got its result is done; the news that a statement came
 * to no result counts as delivered when it is handed out.
 */
final class DatabricksPollingConsumer extends PollingConsumerSupport {

    private static final Logger LOG = LoggerFactory.getLogger(DatabricksPollingConsumer.class);

    /** Without being woken: another node may have given a handle back, or died with it. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private static final int SETTLE_THREADS = 2;

    /** Of a clock that nobody sets. */
    private final LongSupplier nanos = System::nanoTime;

    private final Object news = new Object();
    private HandleService service;
    private HandlePoller poller;
    private ExecutorService executor;
    private long wakeUps;

    DatabricksPollingConsumer(DatabricksEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public DatabricksEndpoint getEndpoint() {
        return (DatabricksEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        // blocks until a data source of the user has told where it leads
        getEndpoint().handles().settings().target();
        executor = new CamelThreads(getEndpoint().getCamelContext()).pool(this, "DatabricksPolled", SETTLE_THREADS);
        service = new HandleService(getEndpoint());
        poller = new HandlePoller(
                getEndpoint().handles().delivery(),
                service.ports(
                        (claimed, check) -> {
                            throw new IllegalStateException("Handles are polled");
                        },
                        new DeliveryEvents(getEndpoint()
                                .getComponent()
                                .services()
                                .observation()
                                .listener()),
                        executor),
                this::wakeUp);
        service.serve(this::wakeUp);
    }

    @Override
    protected void doStop() throws Exception {
        if (service != null) {
            service.unserve();
            service.close();
            // what was handed out is still settled
            executor.shutdown();
            service = null;
            wakeUp();
        }
        super.doStop();
    }

    private void wakeUp() {
        synchronized (news) {
            wakeUps++;
            news.notifyAll();
        }
    }

    @Override
    public Exchange receive() {
        return receiveWithin(FOR_EVER);
    }

    @Override
    public Exchange receiveNoWait() {
        return receiveWithin(Duration.ZERO);
    }

    @Override
    public Exchange receive(long timeout) {
        Duration most = Duration.ofMillis(Math.max(0, timeout));
        return receiveWithin(most.compareTo(FOR_EVER) < 0 ? most : FOR_EVER);
    }

    private Exchange receiveWithin(Duration most) {
        long begin = nanos.getAsLong();
        boolean lastLook = most.isZero();
        while (isRunAllowed() && isStarted()) {
            long seen;
            synchronized (news) {
                seen = wakeUps;
            }
            Optional<HandlePoller.Claimed> claimed = poller.poll();
            if (claimed.isPresent()) {
                Exchange exchange = exchange(claimed.get());
                if (exchange != null) {
                    return exchange;
                }
            } else if (lastLook) {
                return null;
            } else {
                lastLook = !awaitNews(seen, most.minusNanos(nanos.getAsLong() - begin));
            }
        }
        return null;
    }

    /** @return null for a failure that nobody wants to hear of */
    private Exchange exchange(HandlePoller.Claimed claimed) {
        boolean settled = false;
        HandleResults.Outcome outcome = null;
        try {
            outcome = service.read(claimed.handle());
            if (outcome.failure() != null && !getEndpoint().getWatch().isDeliverFailures()) {
                LOG.warn(
                        "A statement of {} came to no result, and is not delivered (deliverFailures=false): {}",
                        getEndpoint().getName(),
                        outcome.failure().getMessage());
                poller.settle(claimed, CompletableFuture.completedFuture(null));
                settled = true;
                return null;
            }
            poller.requireHeld(claimed);
            Exchange exchange = getEndpoint().createExchange();
            DeliveryCompletion completion = service.fill(exchange, claimed.handle(), outcome);
            // pollEnrich does not pass the completions of a failed exchange on
            poller.settle(
                    claimed, outcome.failure() == null ? completion.done() : CompletableFuture.completedFuture(null));
            settled = true;
            return exchange;
        } catch (Throwable e) { // an error too must be settled, else the handle stays claimed for ever
            if (outcome != null) {
                outcome.close();
            }
            if (!settled) {
                poller.settle(claimed, CompletableFuture.failedFuture(e));
            }
            if (e instanceof NotDeliveredException) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                if (outcome != null) {
                    return null;
                }
            }
            throw e;
        }
    }

    /**
     * @param left of the time
     * @return false when the time is over or the thread was interrupted
     */
    private boolean awaitNews(long seen, Duration left) {
        long begin = nanos.getAsLong();
        Duration until = left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY;
        synchronized (news) {
            Duration rest = until;
            while (wakeUps == seen && rest.compareTo(Duration.ZERO) > 0) {
                try {
                    news.wait(Math.max(1, rest.toMillis()));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
                rest = until.minusNanos(nanos.getAsLong() - begin);
            }
        }
        return left.minusNanos(nanos.getAsLong() - begin).compareTo(Duration.ZERO) > 0;
    }
}
