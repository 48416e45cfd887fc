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
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host of a workspace. Immutable.
 *
 * @param host name or literal address, in lower case
 * @param port TCP port
 * @param ssl false only for a local warehouse
 */
public record WarehouseAddress(String host, int port, boolean ssl) {

    /** On Azure and Google Cloud the name starts with the number of the workspace; on AWS it is a word. */
    private static final Pattern NUMBERED = Pattern.compile("(?:adb-)?(\\d{5,})\\.\\d+\\..+");

    public WarehouseAddress {
        Objects.requireNonNull(host);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
    }

    /**
     * @param text {@code adb-1.2.azuredatabricks.net}, with or without scheme and port
     * @throws IllegalArgumentException with a message that does not repeat the text, which might hold a token
     */
    public static WarehouseAddress parse(String text) {
        String trimmed = text.trim();
        String withScheme = trimmed.contains("://") ? trimmed : "https://" + trimmed;
        URI uri;
        try {
            uri = new URI(withScheme);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is not a host name");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException("its scheme is neither https nor http");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("it is not a host name");
        }
        String path = uri.getRawPath();
        if (uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !(path == null || path.isEmpty() || path.equals("/"))) {
            throw new IllegalArgumentException("it has more than scheme, name and port");
        }
        return of(uri.getHost(), uri.getPort(), scheme.equals("https"));
    }

    /**
     * @param port the port, or -1 for the one of the scheme
     */
    static WarehouseAddress of(String host, int port, boolean ssl) {
        int standard = ssl ? 443 : 80;
        return new WarehouseAddress(host.toLowerCase(Locale.ROOT), port == -1 ? standard : port, ssl);
    }

    /** {@code https://host}, with the port where it is not the usual one. */
    public String url() {
        boolean standard = port == (ssl ? 443 : 80);
        return (ssl ? "https://" : "http://") + host + (standard ? "" : ":" + port);
    }

    /** The number of the workspace, where its name tells it. */
    public Optional<String> workspaceId() {
        Matcher matcher = NUMBERED.matcher(host);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    @Override
    public String toString() {
        return url();
    }
}
