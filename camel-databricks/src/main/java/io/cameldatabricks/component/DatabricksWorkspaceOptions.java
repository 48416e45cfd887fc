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

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** Which workspace and warehouse, and who connects. */
@UriParams
public class DatabricksWorkspaceOptions implements Cloneable {

    @UriParam(
            label = "common",
            description =
                    "The host of the workspace, with or without https:// and port, such as adb-1234567890123456.7.azuredatabricks.net. With http:// the connection is not encrypted, which only a local warehouse accepts.")
    private String host;

    @UriParam(
            label = "common",
            description =
                    "The HTTP path of the SQL warehouse or cluster, as its connection details show it. Give this or warehouseId.")
    private String httpPath;

    @UriParam(label = "common", description = "The id of the SQL warehouse. Give this or httpPath.")
    private String warehouseId;

    @UriParam(
            label = "common",
            description =
                    "The id of an all-purpose cluster to run the statements, in place of a warehouse. On AWS the environment variable DATABRICKS_WORKSPACE_ID has to give the number of the workspace, or use httpPath.")
    private String clusterId;

    @UriParam(
            label = "common",
            description =
                    "The profile of .databrickscfg that says what the other options do not say. Where an option differs from the profile in host or credentials, it is an error.")
    private String profile;

    @UriParam(label = "common", description = "The file with the profiles.", defaultValue = "~/.databrickscfg")
    private String configFile;

    @UriParam(label = "common", description = "The catalog of names that have none.")
    private String catalog;

    @UriParam(label = "common", description = "The schema of names that have none.")
    private String schema;

    @UriParam(
            label = "security",
            security = "secret",
            description =
                    "Host, path, token, catalog and schema in one string, as databricks://token:...@host?http_path=... or as jdbc:databricks://host:443;httpPath=...;PWD=.... What it says must not be said by another option too.")
    private String connectionUrl;

    @UriParam(label = "security", security = "secret", description = "A personal access token.")
    private String accessToken;

    @UriParam(
            label = "advanced",
            security = "secret",
            prefix = "httpHeaders.",
            multiValue = true,
            description = "HTTP headers to add to every request, such as httpHeaders.X-Team=blue.")
    private Map<String, Object> httpHeaders = new LinkedHashMap<>();

    @UriParam(
            label = "advanced",
            prefix = "sessionConfiguration.",
            multiValue = true,
            description =
                    "Session parameters of the server, such as sessionConfiguration.TIMEZONE=UTC. Allowed are ANSI_MODE, ENABLE_PHOTON, LEGACY_TIME_PARSER_POLICY, MAX_FILE_PARTITION_BYTES, QUERY_TAGS, READ_ONLY_EXTERNAL_METASTORE, STATEMENT_TIMEOUT, TIMEZONE and USE_CACHED_RESULT.")
    private Map<String, Object> sessionConfiguration = new LinkedHashMap<>();

    @UriParam(
            label = "advanced",
            security = "secret",
            prefix = "driverProperties.",
            multiValue = true,
            description =
                    "Further properties of the Databricks JDBC driver, such as driverProperties.SSLTrustStore=/etc/ca.jks. Properties for which there is an option are refused.")
    private Map<String, Object> driverProperties = new LinkedHashMap<>();

    /** A copy that can be changed without changing this. */
    public DatabricksWorkspaceOptions copy() {
        try {
            DatabricksWorkspaceOptions copy = (DatabricksWorkspaceOptions) clone();
            copy.httpHeaders = new LinkedHashMap<>(httpHeaders);
            copy.sessionConfiguration = new LinkedHashMap<>(sessionConfiguration);
            copy.driverProperties = new LinkedHashMap<>(driverProperties);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getHost() {
        return host;
    }

    public void setHost(String host) {
        this.host = host;
    }

    public String getHttpPath() {
        return httpPath;
    }

    public void setHttpPath(String httpPath) {
        this.httpPath = httpPath;
    }

    public String getWarehouseId() {
        return warehouseId;
    }

    public void setWarehouseId(String warehouseId) {
        this.warehouseId = warehouseId;
    }

    public String getClusterId() {
        return clusterId;
    }

    public void setClusterId(String clusterId) {
        this.clusterId = clusterId;
    }

    public String getProfile() {
        return profile;
    }

    public void setProfile(String profile) {
        this.profile = profile;
    }

    public String getConfigFile() {
        return configFile;
    }

    public void setConfigFile(String configFile) {
        this.configFile = configFile;
    }

    public String getCatalog() {
        return catalog;
    }

    public void setCatalog(String catalog) {
        this.catalog = catalog;
    }

    public String getSchema() {
        return schema;
    }

    public void setSchema(String schema) {
        this.schema = schema;
    }

    public String getConnectionUrl() {
        return connectionUrl;
    }

    public void setConnectionUrl(String connectionUrl) {
        this.connectionUrl = connectionUrl;
    }

    public String getAccessToken() {
        return accessToken;
    }

    public void setAccessToken(String accessToken) {
        this.accessToken = accessToken;
    }

    public Map<String, Object> getHttpHeaders() {
        return httpHeaders;
    }

    public void setHttpHeaders(Map<String, Object> httpHeaders) {
        this.httpHeaders = httpHeaders == null ? new LinkedHashMap<>() : new LinkedHashMap<>(httpHeaders);
    }

    public Map<String, Object> getSessionConfiguration() {
        return sessionConfiguration;
    }

    public void setSessionConfiguration(Map<String, Object> sessionConfiguration) {
        this.sessionConfiguration =
                sessionConfiguration == null ? new LinkedHashMap<>() : new LinkedHashMap<>(sessionConfiguration);
    }

    public Map<String, Object> getDriverProperties() {
        return driverProperties;
    }

    public void setDriverProperties(Map<String, Object> driverProperties) {
        this.driverProperties =
                driverProperties == null ? new LinkedHashMap<>() : new LinkedHashMap<>(driverProperties);
    }
}
