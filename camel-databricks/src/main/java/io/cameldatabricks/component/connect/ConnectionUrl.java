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

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.cameldatabricks.component.auth.AccessToken;

/**
 * A connection string taken apart: {@code databricks://token:…@host?http_path=…&catalog=…&schema=…}, as SQLAlchemy
 * writes it, or {@code jdbc:databricks://host:443/schema;httpPath=…;PWD=…}. Immutable; every part but the address may be
 * null. Messages never repeat the string, since it holds a token.
 *
 * @param driverProperties what the string says beyond the other parts, by the names of the JDBC driver
 */
public record ConnectionUrl(
        WarehouseAddress address,
        String httpPath,
        AccessToken token,
        String catalog,
        String schema,
        Map<String, String> driverProperties) {

    private static final Pattern JDBC =
            Pattern.compile("jdbc:databricks://([^/;]+)(?:/([^;]*))?(?:;(.*))?", Pattern.DOTALL);

    public ConnectionUrl {
        driverProperties = Collections.unmodifiableMap(new TreeMap<>(driverProperties));
    }

    /**
     * @throws IllegalArgumentException when the string has neither form
     */
    public static ConnectionUrl parse(String text) {
        String trimmed = text.trim();
        String lower = trimmed.toLowerCase(Locale.ROOT);
        if (lower.startsWith("jdbc:databricks://")) {
            return parseJdbc(trimmed);
        }
        if (lower.startsWith("databricks://") || lower.startsWith("databricks+connector://")) {
            return parseSqlAlchemy(trimmed);
        }
        throw new IllegalArgumentException("it starts with neither databricks:// nor jdbc:databricks://");
    }

    private static ConnectionUrl parseSqlAlchemy(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is not a URL");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("it has no host");
        }
        Map<String, String> query = pairs(uri.getRawQuery(), "&", true);
        boolean ssl = !"http".equalsIgnoreCase(query.remove("scheme"));
        return new ConnectionUrl(
                WarehouseAddress.of(uri.getHost(), uri.getPort(), ssl),
                query.remove("http_path"),
                token(uri.getRawUserInfo()),
                query.remove("catalog"),
                query.remove("schema"),
                query);
    }

    private static AccessToken token(String userInfo) {
        if (userInfo == null || userInfo.isEmpty()) {
            return null;
        }
        String[] parts = userInfo.split(":", 2);
        if (!parts[0].equals("token")) {
            throw new IllegalArgumentException("its user is not 'token'");
        }
        return parts.length == 1 || parts[1].isEmpty() ? null : AccessToken.of(decode(parts[1]));
    }

    private static ConnectionUrl parseJdbc(String text) {
        Matcher matcher = JDBC.matcher("jdbc:databricks" + text.substring("jdbc:databricks".length()));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("it has no host");
        }
        Map<String, String> rest = pairs(matcher.group(3), ";", false);
        boolean ssl = !"0".equals(rest.remove("ssl"));
        URI host;
        try {
            host = new URI("any://" + matcher.group(1));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it has no host");
        }
        if (host.getHost() == null) {
            throw new IllegalArgumentException("it has no host");
        }
        String password = rest.remove("PWD");
        String user = rest.remove("UID");
        if (user != null && !user.equals("token")) {
            throw new IllegalArgumentException("its UID is not 'token'");
        }
        String connSchema = rest.remove("ConnSchema");
        String pathSchema = matcher.group(2) == null || matcher.group(2).isBlank() ? null : matcher.group(2);
        return new ConnectionUrl(
                WarehouseAddress.of(host.getHost(), host.getPort(), ssl),
                rest.remove("httpPath"),
                password == null || password.isBlank() ? null : AccessToken.of(password),
                rest.remove("ConnCatalog"),
                connSchema == null ? pathSchema : connSchema,
                rest);
    }

    private static Map<String, String> pairs(String text, String separator, boolean encoded) {
        Map<String, String> pairs = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (text == null) {
            return pairs;
        }
        for (String pair : text.split(separator)) {
            if (pair.isBlank()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("one of its parts is not name=value");
            }
            String name = pair.substring(0, equals).trim();
            String value = pair.substring(equals + 1);
            if (pairs.put(name, encoded ? decode(value) : value) != null) {
                throw new IllegalArgumentException("it gives " + name + " twice");
            }
        }
        return pairs;
    }

    private static String decode(String text) {
        // a plus sign is a plus sign in a token
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "ConnectionUrl[" + address + ", httpPath=" + httpPath + ", driverProperties=" + driverProperties.keySet()
                + "]";
    }
}
