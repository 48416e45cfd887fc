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
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.apache.camel.spi.ClassResolver;

import io.cameldatabricks.component.auth.Login;
import io.cameldatabricks.component.auth.TokenTransport;
import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.connect.ConnectionUrl;
import io.cameldatabricks.component.connect.DriverConnection;
import io.cameldatabricks.component.deliver.DeliverySettings;
import io.cameldatabricks.component.execute.OnTimeout;
import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.execute.StatementRequest;
import io.cameldatabricks.component.pool.ConnectionSource;
import io.cameldatabricks.component.pool.PoolSettings;
import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.source.ConnectionSources;
import io.cameldatabricks.component.source.Environment;
import io.cameldatabricks.component.source.ExplicitOptions;
import io.cameldatabricks.component.source.ResolvedConnection;
import io.cameldatabricks.component.statement.QueryTags;
import io.cameldatabricks.component.track.RetentionSettings;
import io.cameldatabricks.component.watch.BlendPollInterval;
import io.cameldatabricks.component.watch.WatchSettings;

/**
 * Turns options into settings and says what is wrong with them: each message is one sentence that names the option and
 * what to do about it, and none repeats a value that may be secret. Stateless.
 */
final class SettingsFactory {

    /** Properties of the driver that have an option of their own. */
    private static final Map<String, String> HAVE_AN_OPTION = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** Would make the driver send a statement again whose first try may have run. */
    private static final Pattern REPEATS_SUBMITS = Pattern.compile("\\b50[024]\\b");

    private static final Set<String> WHO = Set.of(
            "profile",
            "accessToken",
            "clientId",
            "clientSecret",
            "authType",
            "azureTenantId",
            "azureClientId",
            "azureClientSecret",
            "googleServiceAccount");

    /** The longest submit and the delay of the query history. */
    private static final Duration SHORTEST_SETTLE_TIME = Duration.ofMinutes(1);

    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    static {
        HAVE_AN_OPTION.put("host", "host");
        HAVE_AN_OPTION.put("httpPath", "httpPath");
        HAVE_AN_OPTION.put("ssl", "host with http:// or https://");
        HAVE_AN_OPTION.put("PWD", "accessToken");
        HAVE_AN_OPTION.put("password", "accessToken");
        HAVE_AN_OPTION.put("UID", "accessToken");
        HAVE_AN_OPTION.put("user", "accessToken");
        HAVE_AN_OPTION.put("ConnCatalog", "catalog");
        HAVE_AN_OPTION.put("ConnSchema", "schema");
    }

    private SettingsFactory() {}

    /**
     * @param environment where to look for what the options do not say
     * @param cancelsPromptly see {@link ConnectionSettings}
     * @param streams see {@link ConnectionSettings}
     * @throws IllegalArgumentException when an option is missing, wrong, or contradicts another
     */
    static ConnectionSource source(
            DatabricksWorkspaceOptions workspace,
            DatabricksSecurityOptions security,
            DatabricksPoolOptions pool,
            Environment environment,
            boolean cancelsPromptly,
            boolean streams) {
        if (pool.getDataSource() != null) {
            rejectBesideDataSource(workspace, security);
            return new ConnectionSource.Bean(pool.getDataSource());
        }
        return new ConnectionSource.Warehouse(connection(workspace, security, environment, cancelsPromptly, streams));
    }

    /** The only data source of an application may be for another database. */
    static void rejectHostIn(Environment environment) {
        environment.host().ifPresent(place -> {
            throw new IllegalArgumentException("Both the only DataSource of the registry and " + place
                    + " say where to connect: choose with dataSource or host in the URI of the endpoint.");
        });
    }

    /** Whether an option says who connects. */
    static boolean saysWho(DatabricksWorkspaceOptions workspace, DatabricksSecurityOptions security) {
        Map<String, String> options = explicit(workspace, security);
        return options.entrySet().stream()
                        .filter(option -> WHO.contains(option.getKey()))
                        .anyMatch(option -> blankToNull(option.getValue()) != null)
                || blankToNull(workspace.getConnectionUrl()) != null;
    }

    /** Whether an option says where to connect or who connects, so that a bean is not needed for that. */
    static boolean saysWhere(DatabricksWorkspaceOptions workspace, DatabricksSecurityOptions security) {
        return explicit(workspace, security).values().stream().anyMatch(value -> blankToNull(value) != null)
                || blankToNull(workspace.getConnectionUrl()) != null;
    }

    /**
     * @throws IllegalArgumentException when a size or time is out of range
     */
    static PoolSettings pool(DatabricksPoolOptions options, DatabricksStatementOptions statement) {
        return explained(
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
        return explained(
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

    /** @throws IllegalArgumentException as {@link #tags(DatabricksStatementOptions)}, or when two options give tags */
    static void tags(DatabricksStatementOptions options, DatabricksWorkspaceOptions workspace) {
        tags(options);
        boolean ofSession =
                workspace.getSessionConfiguration().keySet().stream().anyMatch("QUERY_TAGS"::equalsIgnoreCase);
        if (ofSession && (options.getQueryTags() != null || options.isAutoTags())) {
            throw new IllegalArgumentException("Both sessionConfiguration.QUERY_TAGS and "
                    + (options.isAutoTags() ? "autoTags" : "queryTags")
                    + " are given: use queryTags for all of them.");
        }
    }

    /**
     * @throws IllegalArgumentException when the option holds no tags, or too many
     */
    static QueryTags tags(DatabricksStatementOptions options) {
        return options.getQueryTags() == null
                ? QueryTags.none()
                : explained("The option queryTags is malformed", () -> tags(options.getQueryTags()));
    }

    /**
     * @param text such as {@code team=blue,dry-run}
     * @throws IllegalArgumentException when it holds no tags, or too many
     */
    static QueryTags tags(String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String part : text.split(",")) {
            int equals = part.indexOf('=');
            String key = (equals < 0 ? part : part.substring(0, equals)).strip();
            if (tags.containsKey(key)) {
                throw new IllegalArgumentException("the tag " + key + " is given twice");
            }
            tags.put(key, equals < 0 ? null : part.substring(equals + 1).strip());
        }
        return QueryTags.of(tags);
    }

    /**
     * @throws IllegalArgumentException when an option is out of range or contradicts another
     */
    static ResultSettings result(DatabricksResultOptions options, ClassResolver classes) {
        return explained(
                "The result cannot be handed over",
                () -> new ResultSettings(
                        options.getOutputType(),
                        outputClass(blankToNull(options.getOutputClass()), classes),
                        options.getRowGroupSize(),
                        blankToNull(options.getOutputHeader()),
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
     * @throws IllegalArgumentException when the lease is too short
     */
    static Duration lease(DatabricksWatchOptions options) {
        return explained(
                "The option lease is too short", () -> NodeLease.requireLength(Duration.ofMillis(options.getLease())));
    }

    /**
     * @throws IllegalArgumentException when a time is negative
     */
    static RetentionSettings retention(DatabricksWatchOptions options) {
        return explained(
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
        return explained(
                "Statements cannot be watched",
                () -> new WatchSettings(
                        new BlendPollInterval(
                                options.getPollRatio(),
                                Duration.ofMillis(options.getMinPollInterval()),
                                longest,
                                BlendPollInterval.standard().spread()),
                        keepAlive,
                        options.getBulkStatus().from(),
                        settleTime(options)));
    }

    private static Duration settleTime(DatabricksWatchOptions options) {
        Duration time = Duration.ofMillis(options.getSettleTime());
        if (time.compareTo(SHORTEST_SETTLE_TIME) < 0) {
            throw new IllegalArgumentException("settleTime must be at least " + SHORTEST_SETTLE_TIME.toSeconds()
                    + " s, since the history shows a statement late");
        }
        return time;
    }

    /**
     * @throws IllegalArgumentException when a number is out of range
     */
    static DeliverySettings delivery(String name, DatabricksWatchOptions options) {
        return explained(
                "Results cannot be delivered",
                () -> new DeliverySettings(
                        name,
                        options.getMaxInFlight(),
                        options.getMaxDeliveries(),
                        Duration.ofMillis(options.getRedeliveryDelay())));
    }

    private static void rejectBesideDataSource(
            DatabricksWorkspaceOptions workspace, DatabricksSecurityOptions security) {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("connectionUrl", workspace.getConnectionUrl());
        given.putAll(explicit(workspace, security));
        given.put("tokenSource", security.getTokenSource());
        given.put("httpHeaders", emptyToNull(workspace.getHttpHeaders()));
        given.put("sessionConfiguration", emptyToNull(workspace.getSessionConfiguration()));
        given.put("driverProperties", emptyToNull(workspace.getDriverProperties()));
        given.forEach((option, value) -> {
            if (value != null) {
                throw new IllegalArgumentException("Both dataSource and " + option + " are given: remove " + option
                        + ", since the data source says where to connect.");
            }
        });
    }

    private static Map<String, String> explicit(
            DatabricksWorkspaceOptions workspace, DatabricksSecurityOptions security) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("host", workspace.getHost());
        options.put("httpPath", workspace.getHttpPath());
        options.put("warehouseId", workspace.getWarehouseId());
        options.put("clusterId", workspace.getClusterId());
        options.put("catalog", workspace.getCatalog());
        options.put("schema", workspace.getSchema());
        options.put("profile", workspace.getProfile());
        options.put("configFile", workspace.getConfigFile());
        options.put("accessToken", workspace.getAccessToken());
        options.put("clientId", security.getClientId());
        options.put("clientSecret", security.getClientSecret());
        options.put("authType", security.getAuthType());
        options.put("azureTenantId", security.getAzureTenantId());
        options.put("azureClientId", security.getAzureClientId());
        options.put("azureClientSecret", security.getAzureClientSecret());
        options.put("googleServiceAccount", security.getGoogleServiceAccount());
        return options;
    }

    private static Map<String, Object> emptyToNull(Map<String, Object> map) {
        return map.isEmpty() ? null : map;
    }

    private static ConnectionSettings connection(
            DatabricksWorkspaceOptions options,
            DatabricksSecurityOptions security,
            Environment environment,
            boolean cancelsPromptly,
            boolean streams) {
        ConnectionUrl url = options.getConnectionUrl() == null
                ? null
                : explained(
                        "The option connectionUrl is malformed",
                        ", write databricks://token:<token>@<host>?http_path=<path> or"
                                + " jdbc:databricks://<host>:443;httpPath=<path>;PWD=<token>.",
                        () -> ConnectionUrl.parse(options.getConnectionUrl()));
        Map<String, String> driverProperties = driverProperties(options, url);
        boolean driverLogsIn =
                driverProperties.containsKey("AuthMech") && !"3".equals(driverProperties.get("AuthMech"));
        if (driverLogsIn && security.getTokenSource() != null) {
            throw new IllegalArgumentException(
                    "Both tokenSource and driverProperties.AuthMech are given: remove one of them.");
        }
        ResolvedConnection found = ConnectionSources.resolve(
                ExplicitOptions.of(explicit(options, security), url),
                environment,
                !driverLogsIn && security.getTokenSource() == null);
        // opened here once, so that a trust store that cannot be read is reported at the start
        new TokenTransport(driverProperties).check();
        return new ConnectionSettings(
                found.address(),
                found.httpPath(),
                security.getTokenSource() == null ? found.login() : new Login.WithBean(security.getTokenSource()),
                found.catalog(),
                found.schema(),
                new ConnectionSettings.Extras(sessionConfiguration(options), httpHeaders(options), driverProperties),
                cancelsPromptly,
                streams);
    }

    private static Map<String, String> driverProperties(DatabricksWorkspaceOptions options, ConnectionUrl url) {
        Map<String, String> properties = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        options.getDriverProperties().forEach((name, value) -> {
            String option = HAVE_AN_OPTION.get(name);
            if (option != null) {
                throw new IllegalArgumentException(
                        "The option driverProperties." + name + " is not allowed: use " + option + ".");
            }
            properties.put(name, text("driverProperties", name, value));
        });
        if (url != null) {
            url.driverProperties().forEach((name, value) -> {
                if (properties.put(name, value) != null) {
                    throw new IllegalArgumentException(
                            "Both connectionUrl and driverProperties give " + name + ": remove one of them.");
                }
            });
        }
        if (REPEATS_SUBMITS
                .matcher(properties.getOrDefault("ApiRetriableHttpCodes", ""))
                .find()) {
            throw new IllegalArgumentException(
                    "The option driverProperties.ApiRetriableHttpCodes is not allowed to hold"
                            + " 500, 502 or 504, with which the driver would run a statement twice: remove them.");
        }
        if ("1".equals(properties.get("AllowSelfSignedCerts"))) {
            throw new IllegalArgumentException(
                    "The option driverProperties.AllowSelfSignedCerts is not allowed, since the"
                            + " driver would then accept any certificate for any host: put the certificate into a trust store"
                            + " and name it with driverProperties.SSLTrustStore.");
        }
        if ("1".equals(properties.get("supportManyParameters"))) {
            throw new IllegalArgumentException("The option driverProperties.supportManyParameters is not allowed, since"
                    + " the driver would then write values into the SQL text: remove it.");
        }
        if ("0".equals(properties.get("EnableTimestampNtzTypeName"))) {
            throw new IllegalArgumentException(
                    "The option driverProperties.EnableTimestampNtzTypeName is not allowed to"
                            + " be 0, which hides columns of type TIMESTAMP_NTZ: remove it.");
        }
        return properties;
    }

    private static Map<String, String> sessionConfiguration(DatabricksWorkspaceOptions options) {
        Map<String, String> parameters = new LinkedHashMap<>();
        options.getSessionConfiguration().forEach((name, value) -> {
            String upper = name.toUpperCase(Locale.ROOT);
            if (!DriverConnection.SESSION_PARAMETERS.contains(upper)) {
                throw new IllegalArgumentException("The option sessionConfiguration." + name
                        + " is not known to the driver, which would ignore it: use one of "
                        + new TreeSet<>(DriverConnection.SESSION_PARAMETERS) + ".");
            }
            parameters.put(upper, text("sessionConfiguration", name, value));
        });
        return parameters;
    }

    private static Map<String, String> httpHeaders(DatabricksWorkspaceOptions options) {
        Map<String, String> headers = new LinkedHashMap<>();
        options.getHttpHeaders().forEach((name, value) -> {
            if (!HEADER_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "The option httpHeaders holds a name that no HTTP header can have: use letters, digits and -.");
            }
            if (name.equalsIgnoreCase("Authorization")) {
                throw new IllegalArgumentException(
                        "The option httpHeaders." + name + " is not allowed: use accessToken.");
            }
            String header = text("httpHeaders", name, value);
            if (header.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw new IllegalArgumentException(
                        "The option httpHeaders." + name + " holds a control character: remove it.");
            }
            headers.put(name, header);
        });
        return headers;
    }

    private static String text(String option, String name, Object value) {
        if (value == null || value.toString().isBlank()) {
            throw new IllegalArgumentException("The option " + option + "." + name + " is empty: give a value.");
        }
        return value.toString();
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }

    private static <T> T explained(String what, Supplier<T> work) {
        return explained(what, ".", work);
    }

    private static <T> T explained(String what, String remedy, Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + ": " + e.getMessage() + remedy, e);
        }
    }
}
