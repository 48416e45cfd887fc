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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.cameldatabricks.component.connect.ConnectionUrl;
import io.cameldatabricks.component.connect.DriverConnection;

/**
 * Turns the maps among the options into what a connection takes along, and refuses what the driver would ignore, or what
 * would make it do harm. Stateless.
 */
final class ExtraSettings {

    /** Properties of the driver that have an option of their own. */
    private static final Map<String, String> HAVE_AN_OPTION = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** Would make the driver send a statement again whose first try may have run. */
    private static final Pattern REPEATS_SUBMITS = Pattern.compile("\\b50[024]\\b");

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

    private ExtraSettings() {}

    static Map<String, String> driverProperties(DatabricksWorkspaceOptions options, ConnectionUrl url) {
        Map<String, String> properties = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        options.getDriverProperties().forEach((name, value) -> {
            String option = HAVE_AN_OPTION.get(name);
            if (option != null) {
                throw new IllegalArgumentException(
                        "The option driverProperties." + name + " is not allowed: use " + option + ".");
            }
            properties.put(name, OptionText.required("driverProperties", name, value));
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

    static Map<String, String> sessionConfiguration(DatabricksWorkspaceOptions options) {
        Map<String, String> parameters = new LinkedHashMap<>();
        options.getSessionConfiguration().forEach((name, value) -> {
            String upper = name.toUpperCase(Locale.ROOT);
            if (!DriverConnection.SESSION_PARAMETERS.contains(upper)) {
                throw new IllegalArgumentException("The option sessionConfiguration." + name
                        + " is not known to the driver, which would ignore it: use one of "
                        + new TreeSet<>(DriverConnection.SESSION_PARAMETERS) + ".");
            }
            parameters.put(upper, OptionText.required("sessionConfiguration", name, value));
        });
        return parameters;
    }

    static Map<String, String> httpHeaders(DatabricksWorkspaceOptions options) {
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
            String header = OptionText.required("httpHeaders", name, value);
            if (header.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
                throw new IllegalArgumentException(
                        "The option httpHeaders." + name + " holds a control character: remove it.");
            }
            headers.put(name, header);
        });
        return headers;
    }
}
