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
package io.cameldatabricks.testinfra;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Where a local warehouse is, in the words of its different clients. Immutable.
 *
 * @param port on 127.0.0.1
 * @param warehouseId id of its one SQL warehouse
 * @param token access token
 * @param trustStore PKCS12 store with the certificate when the warehouse speaks TLS, else null
 * @param trustStorePassword the store's password, or null
 */
public record WarehouseEndpoint(
        int port, String warehouseId, String token, Path trustStore, String trustStorePassword) {

    /** Address without scheme and port. */
    public String host() {
        return "127.0.0.1";
    }

    /** Scheme, host and port, such as {@code http://127.0.0.1:4711}. */
    public String httpUrl() {
        return (trustStore == null ? "http://" : "https://") + host() + ":" + port;
    }

    /** The HTTP path of the SQL warehouse. */
    public String httpPath() {
        return "/sql/1.0/warehouses/" + warehouseId;
    }

    /** The HTTP path by which it passes for an all-purpose cluster, which speaks Thrift alone. */
    public String clusterHttpPath() {
        return "/sql/protocolv1/o/0/" + warehouseId;
    }

    /** The options of a {@code databricks:} endpoint, joined with {@code &}. */
    public String endpointOptions() {
        String options = "host=" + httpUrl() + "&warehouseId=" + encode(warehouseId) + "&accessToken=" + encode(token);
        if (trustStore != null) {
            options += "&driverProperties.SSLTrustStore=" + encode(trustStore.toString())
                    + "&driverProperties.SSLTrustStoreType=PKCS12&driverProperties.SSLTrustStorePwd="
                    + encode(trustStorePassword);
        }
        return options;
    }

    /**
     * For the Databricks JDBC driver over the Statement Execution API, with the token. With the driver parameter
     * {@code UseThriftClient=1} it speaks Thrift instead.
     */
    public String jdbcUrl() {
        return jdbcUrl(Map.of());
    }

    /**
     * As {@link #jdbcUrl()} with more driver parameters; they win over those that this class sets.
     *
     * @param driverParameters names as the driver knows them
     */
    public String jdbcUrl(Map<String, String> driverParameters) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("httpPath", httpPath());
        parameters.put("AuthMech", "3");
        parameters.put("UID", "token");
        parameters.put("PWD", token);
        parameters.put("UseThriftClient", "0");
        parameters.put("EnableTelemetry", "0");
        // else the driver asks port 443 of this host for feature flags
        parameters.put("UseBoundedSeaApi", "0");
        parameters.put("EnableThriftNativeMetadata", "0");
        if (trustStore == null) {
            parameters.put("ssl", "0");
        } else {
            parameters.put("ssl", "1");
            parameters.put("SSLTrustStore", trustStore.toString());
            parameters.put("SSLTrustStoreType", "PKCS12");
            parameters.put("SSLTrustStorePwd", trustStorePassword);
        }
        driverParameters.forEach((name, value) -> {
            parameters.keySet().removeIf(name::equalsIgnoreCase);
            parameters.put(name, value);
        });
        StringBuilder url = new StringBuilder("jdbc:databricks://")
                .append(host())
                .append(':')
                .append(port);
        url.append("/default");
        parameters.forEach(
                (name, value) -> url.append(';').append(name).append('=').append(value));
        return url.toString();
    }

    /** The environment variables that Databricks' own tools and SDKs read. */
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("DATABRICKS_HOST", httpUrl());
        variables.put("DATABRICKS_SERVER_HOSTNAME", host() + ":" + port);
        variables.put("DATABRICKS_HTTP_PATH", httpPath());
        variables.put("DATABRICKS_WAREHOUSE_ID", warehouseId);
        variables.put("DATABRICKS_TOKEN", token);
        return variables;
    }

    /** Steers the warehouse: scripts, faults, clock, sessions, and what it has received. */
    public WarehouseControl control() {
        return new WarehouseControl(this);
    }

    /** For {@link #of(Properties)} in another JVM; holds the token. */
    public Properties toProperties() {
        Properties properties = new Properties();
        properties.setProperty("port", String.valueOf(port));
        properties.setProperty("warehouseId", warehouseId);
        properties.setProperty("token", token);
        if (trustStore != null) {
            properties.setProperty("trustStore", trustStore.toString());
            properties.setProperty("trustStorePassword", trustStorePassword);
        }
        return properties;
    }

    /** What {@link #toProperties()} wrote. */
    public static WarehouseEndpoint of(Properties properties) {
        String trustStore = properties.getProperty("trustStore");
        return new WarehouseEndpoint(
                Integer.parseInt(properties.getProperty("port")),
                properties.getProperty("warehouseId"),
                properties.getProperty("token"),
                trustStore == null ? null : Path.of(trustStore),
                properties.getProperty("trustStorePassword"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "WarehouseEndpoint[" + httpUrl() + httpPath() + "]";
    }
}
