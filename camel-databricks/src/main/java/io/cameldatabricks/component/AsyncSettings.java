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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import javax.sql.DataSource;

import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.HttpPath;
import io.cameldatabricks.component.execute.StatementRequest.Limits;
import io.cameldatabricks.component.pool.ConnectionSource;
import io.cameldatabricks.component.pool.PoolSettings;
import io.cameldatabricks.component.statement.StatementTarget;
import io.cameldatabricks.component.statement.WaitPolicy;
import io.cameldatabricks.component.statement.WarehouseId;
import io.cameldatabricks.component.track.SubmitGuarantee;
import io.cameldatabricks.component.watch.WatchSettings;
import io.cameldatabricks.component.workspace.JdbcWorkspace;
import io.cameldatabricks.component.workspace.RestWorkspace;
import io.cameldatabricks.component.workspace.StatementAccess;
import io.cameldatabricks.component.workspace.StatementPlace;

/**
 * How an endpoint submits statements that hold no thread. Immutable.
 *
 * @param name of the endpoint, under which handles are delivered
 * @param key the way to the workspace
 * @param place where statements run
 * @param catalog of names that have none, or null
 * @param schema of names that have none, or null
 * @param guarantee what is done when no answer comes to a submit; null for what fits to the statement
 * @param waitPolicy how long the server may hold back its answer to a submit
 * @param carryHeaders names, or beginnings of names with a {@code *}, of headers that come back with the result
 * @param limits of a statement that is waited for
 * @param resultTimeout how long the end of a statement is waited for
 * @param watch how statements are watched
 */
record AsyncSettings(
        String name,
        StatementAccess.Key key,
        StatementPlace place,
        String catalog,
        String schema,
        SubmitGuarantee guarantee,
        WaitPolicy waitPolicy,
        List<String> carryHeaders,
        Limits limits,
        Duration resultTimeout,
        WatchSettings watch) {

    AsyncSettings {
        Objects.requireNonNull(name);
        Objects.requireNonNull(key);
        Objects.requireNonNull(place);
        Objects.requireNonNull(waitPolicy);
        carryHeaders = List.copyOf(carryHeaders);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(resultTimeout);
        Objects.requireNonNull(watch);
    }

    /**
     * @param places where data sources lead
     * @throws IllegalArgumentException when an option is wrong, or the transport does not fit to what runs the statements
     */
    static AsyncSettings of(
            String name,
            ConnectionSource source,
            PoolSettings pool,
            DatabricksStatementOptions statement,
            DatabricksResultOptions result,
            WatchSettings watch,
            Function<DataSource, StatementPlace> places) {
        ConnectionSettings connection =
                source instanceof ConnectionSource.Warehouse warehouse ? warehouse.connection() : null;
        StatementAccess.Key key;
        StatementPlace place;
        if (source instanceof ConnectionSource.Bean bean) {
            requireJdbc(statement.getAsyncTransport());
            place = places.apply(bean.dataSource());
            key = JdbcWorkspace.of(bean, pool, place);
        } else {
            WarehouseId warehouse = target(connection.httpPath());
            key = isRest(connection, statement.getAsyncTransport())
                    ? RestWorkspace.of(connection)
                    : JdbcWorkspace.of(connection, pool, warehouse);
            place = new StatementPlace.Named(new StatementTarget(key.transport(), key.workspace(), warehouse));
        }
        return new AsyncSettings(
                name,
                key,
                place,
                connection == null ? null : connection.catalog(),
                connection == null ? null : connection.schema(),
                statement.getSubmitGuarantee(),
                waitPolicy(statement),
                carried(statement),
                SettingsFactory.limits(statement),
                resultTimeout(result),
                watch);
    }

    /**
     * What is done when no answer comes to a submit. A plain read may run for nothing, so that it is worth the wait until it
     * is found; whoever writes has to know at once. It is not submitted again in either case.
     */
    SubmitGuarantee guarantee(boolean plainRead) {
        if (guarantee != null) {
            return guarantee;
        }
        boolean canBeFound = key instanceof RestWorkspace;
        return plainRead && canBeFound ? SubmitGuarantee.RECONCILE : SubmitGuarantee.AT_MOST_ONCE;
    }

    /** Where statements run; blocks when that is not known yet. */
    StatementTarget target() {
        return place.target();
    }

    private static void requireJdbc(AsyncTransport transport) {
        if (transport == AsyncTransport.REST) {
            throw new IllegalArgumentException("The option asyncTransport=REST needs a workspace: give host instead of"
                    + " dataSource, or use asyncTransport=JDBC.");
        }
    }

    /** The warehouse, or the cluster in its place. */
    private static WarehouseId target(HttpPath path) {
        String value = path.value();
        int query = value.indexOf('?');
        String bare = (query < 0 ? value : value.substring(0, query)).replaceAll("/$", "");
        return new WarehouseId(path.isWarehouse() ? path.warehouseId() : bare.substring(bare.lastIndexOf('/') + 1));
    }

    private static boolean isRest(ConnectionSettings connection, AsyncTransport transport) {
        return switch (transport) {
            case JDBC -> false;
            case AUTO -> connection.httpPath().isWarehouse() && connection.login() != null;
            case REST -> {
                if (!connection.httpPath().isWarehouse()) {
                    throw new IllegalArgumentException(
                            "The option asyncTransport=REST needs a SQL warehouse, since"
                                    + " clusters have no Statement Execution API: give warehouseId, or use asyncTransport=JDBC.");
                }
                if (connection.login() == null) {
                    throw new IllegalArgumentException("The option asyncTransport=REST needs to know who connects: give"
                            + " accessToken or clientId instead of driverProperties.AuthMech.");
                }
                yield true;
            }
        };
    }

    private static WaitPolicy waitPolicy(DatabricksStatementOptions options) {
        try {
            return WaitPolicy.detachAfter(Duration.ofMillis(options.getServerWait()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The option serverWait is out of range: give 0 or 5 to 50 whole seconds, such as 10s.", e);
        }
    }

    private static List<String> carried(DatabricksStatementOptions statement) {
        List<String> names = new ArrayList<>(names(statement.getCarryHeaders()));
        if (statement.isPassTraceparent()) {
            names.add(MessageTags.TRACEPARENT);
        }
        return names;
    }

    private static List<String> names(String option) {
        if (option == null || option.isBlank()) {
            return List.of();
        }
        List<String> names = List.of(option.trim().split("\\s*,\\s*"));
        for (String name : names) {
            if (name.isEmpty() || name.indexOf('*') >= 0 && name.indexOf('*') < name.length() - 1) {
                throw new IllegalArgumentException("The option carryHeaders is malformed: give names of headers with"
                        + " commas between them; a * may stand at the end of a name.");
            }
        }
        return names;
    }

    private static Duration resultTimeout(DatabricksResultOptions options) {
        if (options.getResultTimeout() < 0) {
            throw new IllegalArgumentException("The option resultTimeout is negative: give 0 (no wait) or more.");
        }
        return Duration.ofMillis(options.getResultTimeout());
    }

    /** Whether a header comes back with the result; Camel's own never do. */
    boolean carries(String header) {
        if (header.regionMatches(true, 0, "Camel", 0, 5)) {
            return false;
        }
        for (String name : carryHeaders) {
            boolean beginning = name.endsWith("*");
            boolean fits = beginning
                    ? header.regionMatches(true, 0, name, 0, name.length() - 1)
                    : header.equalsIgnoreCase(name);
            if (fits) {
                return true;
            }
        }
        return false;
    }
}
