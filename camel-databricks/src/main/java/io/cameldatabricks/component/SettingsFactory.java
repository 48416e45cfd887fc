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

import org.apache.camel.spi.ClassResolver;

import io.cameldatabricks.component.connect.DriverConnection;
import io.cameldatabricks.component.deliver.DeliverySettings;
import io.cameldatabricks.component.execute.OnTimeout;
import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.execute.StatementRequest;
import io.cameldatabricks.component.pool.ConnectionSource;
import io.cameldatabricks.component.pool.PoolSettings;
import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.store.RepositoryChoice;
import io.cameldatabricks.component.track.RetentionSettings;
import io.cameldatabricks.component.watch.BlendPollInterval;
import io.cameldatabricks.component.watch.WatchSettings;

/**
 * Turns option groups into settings and says what is wrong with them: each message is one sentence that names the
 * option and what to do about it, and none repeats a value that may be secret. Where to connect is in
 * {@link SourceSettings}, query tags are in {@link TagSettings}. Stateless.
 */
final class SettingsFactory {

    private SettingsFactory() {}

    /**
     * @throws IllegalArgumentException when a size or time is out of range
     */
    static PoolSettings pool(DatabricksPoolOptions options, DatabricksStatementOptions statement) {
        return OptionText.explained(
                "The pool cannot be made",
                () -> new PoolSettings(
                        options.getMaxPoolSize(),
                        options.getMinIdle(),
                        options.getMaxQueueSize(),
                        Duration.ofMillis(options.getConnectionTimeout()),
                        Duration.ofMillis(options.getIdleTimeout()),
                        Duration.ofMillis(options.getMaxLifetime()),
                        Duration.ofMillis(statement.getStartTimeout())));
    }

    /**
     * @throws IllegalArgumentException when a limit is negative
     */
    static StatementRequest.Limits limits(DatabricksStatementOptions options) {
        return OptionText.explained(
                "The statement cannot be limited",
                () -> new StatementRequest.Limits(
                        Duration.ofMillis(options.getQueryTimeout()), options.getRowLimit(), options.getOnTimeout()));
    }

    /**
     * @throws IllegalArgumentException when statements shall be left running that end with their connection
     */
    static void rejectDetachOverThrift(ConnectionSource source, StatementRequest.Limits limits) {
        if (limits.onTimeout() == OnTimeout.DETACH
                && source instanceof ConnectionSource.Warehouse warehouse
                && DriverConnection.isThrift(warehouse.connection())) {
            throw new IllegalArgumentException(
                    "The option onTimeout=DETACH is not possible over Thrift, where the driver"
                            + " cancels what it no longer waits for: use onTimeout=CANCEL, or operation=SUBMIT.");
        }
    }

    /**
     * @throws IllegalArgumentException when an option is out of range or contradicts another
     */
    static ResultSettings result(DatabricksResultOptions options, ClassResolver classes) {
        return OptionText.explained(
                "The result cannot be handed over",
                () -> new ResultSettings(
                        options.getOutputType(),
                        outputClass(OptionText.blankToNull(options.getOutputClass()), classes),
                        options.getRowGroupSize(),
                        OptionText.blankToNull(options.getOutputHeader()),
                        options.isNoop(),
                        options.isFailOnTruncated(),
                        options.getByteLimit()));
    }

    private static Class<?> outputClass(String name, ClassResolver classes) {
        Class<?> found = name == null ? null : classes.resolveClass(name);
        if (name != null && found == null) {
            throw new IllegalArgumentException("outputClass names a class that is not on the class path, " + name);
        }
        return found;
    }

    /**
     * Where handles shall be kept.
     *
     * @param defaults of the component
     */
    static RepositoryChoice.Wanted handles(DatabricksWatchOptions options, DatabricksWatchOptions defaults) {
        return new RepositoryChoice.Wanted(
                options.isDurable(),
                options.getDataDir(),
                defaults.getDataDir(),
                options.getHandleRepository(),
                options.getStatementIdCipher());
    }

    /**
     * @throws IllegalArgumentException when the lease is too short
     */
    static Duration lease(DatabricksWatchOptions options) {
        return OptionText.explained(
                "The option lease is too short", () -> NodeLease.requireLength(Duration.ofMillis(options.getLease())));
    }

    /**
     * @throws IllegalArgumentException when a time is negative
     */
    static Duration maxBacklogAge(DatabricksObserveOptions options) {
        if (options.getMaxBacklogAge() < 0) {
            throw new IllegalArgumentException("The option maxBacklogAge is negative: give 0 (no check) or more.");
        }
        return Duration.ofMillis(options.getMaxBacklogAge());
    }

    /**
     * @throws IllegalArgumentException when a time is out of range
     */
    static RetentionSettings retention(DatabricksWatchOptions options) {
        return OptionText.explained(
                "Handles cannot be removed",
                () -> new RetentionSettings(
                        Duration.ofMillis(options.getRetention()), Duration.ofMillis(options.getDeadRetention())));
    }

    /**
     * @throws IllegalArgumentException when an interval is out of range
     */
    static WatchSettings watch(DatabricksWatchOptions options) {
        WatchSettings standard = WatchSettings.standard();
        Duration longest = Duration.ofMillis(options.getMaxPollInterval());
        // at the latest when it is looked at anyway
        Duration keepAlive = longest.compareTo(standard.keepAliveEvery()) > 0 ? longest : standard.keepAliveEvery();
        return OptionText.explained(
                "Statements cannot be watched",
                () -> new WatchSettings(
                        new BlendPollInterval(
                                options.getPollRatio(),
                                Duration.ofMillis(options.getMinPollInterval()),
                                longest,
                                BlendPollInterval.standard().spread()),
                        keepAlive,
                        options.getBulkStatus().from(),
                        Duration.ofMillis(options.getSettleTime())));
    }

    /**
     * @throws IllegalArgumentException when a number is out of range
     */
    static DeliverySettings delivery(String name, DatabricksWatchOptions options) {
        return OptionText.explained(
                "Results cannot be delivered",
                () -> new DeliverySettings(
                        name,
                        options.getMaxInFlight(),
                        options.getMaxDeliveries(),
                        Duration.ofMillis(options.getRedeliveryDelay())));
    }
}
