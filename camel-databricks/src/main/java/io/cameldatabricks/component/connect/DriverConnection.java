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
package io.cameldatabricks.component.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

import io.cameldatabricks.component.auth.AccessToken;

/**
 * Settings in the words of the Databricks JDBC driver. The token travels as a property and never in the URL, which pools
 * and drivers print.
 */
public final class DriverConnection {

    /** Session parameters that driver 3.4.5 sends; it drops every other key without a word. */
    public static final Set<String> SESSION_PARAMETERS = Set.of(
            "ANSI_MODE",
            "ENABLE_PHOTON",
            "LEGACY_TIME_PARSER_POLICY",
            "MAX_FILE_PARTITION_BYTES",
            "QUERY_TAGS",
            "READ_ONLY_EXTERNAL_METASTORE",
            "STATEMENT_TIMEOUT",
            "TIMEZONE",
            "USE_CACHED_RESULT");

    /** Milliseconds between two looks at a running statement when the server answers at once. */
    private static final String POLL_INTERVAL = "100";

    /**
     * After so much silence a call fails, in place of the driver's quarter of an hour: over the Statement Execution API no
     * answer takes longer than the ten seconds that a statement is waited for. Over Thrift there is no such bound.
     */
    private static final String SILENCE_SECONDS = "120";

    /**
     * The driver decides by the first word whether a statement has rows, and hides the rows of those it does not know;
     * these have some. That of MERGE says how many rows were inserted, updated and deleted.
     */
    private static final String ALSO_WITH_ROWS =
            "OPTIMIZE,VACUUM,RESTORE,COPY,EXECUTE,REFRESH,ANALYZE,REORG,CONVERT,FSCK,UNDROP,SYNC,MERGE,(";

    /**
     * The driver's own numbers are for speed: 16 chunks of up to tens of megabytes in memory over the Statement Execution
     * API, 3 blocks of 100,000 rows over Thrift. Two of a kind are enough to read one while the next is fetched. The
     * heartbeat keeps a result while the route takes its time.
     */
    private static final Map<String, String> STREAMING = Map.of(
            "cloudFetchThreadPoolSize",
            "2",
            "LinkPrefetchWindow",
            "16",
            "RowsFetchedPerBlock",
            "10000",
            "ThriftMaxBatchesInMemory",
            "2",
            "EnableHeartbeat",
            "1");

    private DriverConnection() {}

    /** The JDBC URL, without any secret. */
    public static String url(ConnectionSettings settings) {
        WarehouseAddress address = settings.address();
        return "jdbc:databricks://" + address.host() + ":" + address.port();
    }

    /** Whether its connections speak Thrift rather than the Statement Execution API. */
    public static boolean isThrift(ConnectionSettings settings) {
        Map<String, String> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(settings.extras().driverProperties());
        return !"0".equals(given.getOrDefault("UseThriftClient", protocol(settings)));
    }

    private static String protocol(ConnectionSettings settings) {
        return settings.httpPath().isWarehouse() ? "0" : "1";
    }

    private static final String TOKEN_PROPERTY = "Auth_AccessToken";

    /**
     * @param token the token to open the connection with; null when the driver properties say who connects
     * @param userAgent product and version, such as {@code camel-databricks/1.0}
     * @return properties for the driver; they hold the token, so do not print them
     */
    public static Properties properties(ConnectionSettings settings, AccessToken token, String userAgent) {
        // the driver's names know no case, so that a later entry replaces an earlier one
        Map<String, String> entries = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        // may change under us by a flag of the server unless it is said
        entries.put("UseThriftClient", protocol(settings));
        entries.put("EnableTelemetry", "0");
        entries.put("NonRowcountQueryPrefixes", ALSO_WITH_ROWS);
        if (settings.cancelsPromptly()) {
            entries.put("EnableDirectResults", "0");
            entries.put("AsyncExecPollInterval", POLL_INTERVAL);
        }
        if (settings.streams()) {
            entries.putAll(STREAMING);
        } else {
            // over Thrift: else a thread starts for each result, which costs a small one three times its time
            entries.put("EnableInlineStreaming", "0");
        }
        entries.putAll(settings.extras().driverProperties());
        if ("0".equals(entries.get("UseThriftClient"))) {
            entries.putIfAbsent("socketTimeout", SILENCE_SECONDS);
        }
        entries.put("ssl", settings.address().ssl() ? "1" : "0");
        entries.put("httpPath", settings.httpPath().value());
        entries.put("UserAgentEntry", userAgent);
        if (token != null && settings.login().isStatic()) {
            entries.put("AuthMech", "3");
            entries.put("UID", "token");
            entries.put("PWD", token.reveal());
        } else if (token != null) {
            entries.put("AuthMech", "11");
            entries.put("Auth_Flow", "0");
            entries.put(TOKEN_PROPERTY, token.reveal());
            // else the driver keeps the first token of this kind until shortly before its end, whatever it is given
            entries.putIfAbsent("EnableTokenFederation", "0");
        }
        put(entries, "ConnCatalog", settings.catalog());
        put(entries, "ConnSchema", settings.schema());
        entries.putAll(settings.extras().sessionConfiguration());
        settings.extras().httpHeaders().forEach((name, value) -> entries.put("http.header." + name, value));
        Properties properties = new Properties();
        properties.putAll(entries);
        return properties;
    }

    /**
     * Gives another token to an open connection of the driver, which sends it with its next request. It costs a request
     * for the metadata of the host.
     */
    public static void giveToken(Connection connection, AccessToken token) throws SQLException {
        connection.setClientInfo(TOKEN_PROPERTY, token.reveal());
    }

    private static void put(Map<String, String> entries, String name, String value) {
        if (value != null) {
            entries.put(name, value);
        }
    }
}
