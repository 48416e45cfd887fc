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
package io.cameldatabricks.component.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.cameldatabricks.component.auth.AuthAttribute;
import io.cameldatabricks.component.connect.HttpPath;
import io.cameldatabricks.component.connect.WarehouseAddress;

/**
 * Looks for the settings of a connection: options before environment before profile, each setting by itself, as
 * databricks-sdk-java does. What would send a credential to a host that it is not for, or would silently prefer one of
 * two ways to log in, is refused with the names of both places. Stateless.
 */
public final class ConnectionSources {

    private final ExplicitOptions options;
    private final Environment environment;
    private final Found profileName;
    private final Found configFile;
    private final ProfileFile.Profile profile;
    private final List<Place> places;

    private ConnectionSources(ExplicitOptions options, Environment environment) {
        this.options = options;
        this.environment = environment;
        this.profileName = findOutsideProfile(Key.PROFILE);
        this.configFile = findOutsideProfile(Key.CONFIG_FILE);
        this.profile = readProfile();
        this.places = List.of(options::find, environment::find, profile == null ? Place.NOWHERE : profile.place());
    }

    /**
     * @param needsLogin false when something else than these settings says who connects; then credentials are not looked
     *     for, and given ones are refused
     * @throws IllegalArgumentException in one sentence, when something is missing, malformed or contradictory
     */
    public static ResolvedConnection resolve(ExplicitOptions options, Environment environment, boolean needsLogin) {
        return new ConnectionSources(options, environment).resolve(needsLogin);
    }

    private ResolvedConnection resolve(boolean needsLogin) {
        Found host = find(Key.HOST)
                .orElseThrow(() -> new IllegalArgumentException("The option host is missing: give the host of the"
                        + " workspace, such as host=adb-1234567890123456.7.azuredatabricks.net, or a connectionUrl, or"
                        + " the environment variable DATABRICKS_HOST, or a profile, or a dataSource."));
        rejectDifferent(Key.HOST, host);
        WarehouseAddress address = parsed(
                host,
                "host",
                ", give a name such as adb-1234567890123456.7.azuredatabricks.net.",
                WarehouseAddress::parse);
        LoginSearch login = new LoginSearch(places, profile, configFile, explicitProfile());
        return new ResolvedConnection(
                address,
                httpPath(host, address),
                find(Key.CATALOG).map(Found::value).orElse(null),
                find(Key.SCHEMA).map(Found::value).orElse(null),
                needsLogin ? login.find(host, address) : login.rejectExplicit(options));
    }

    private HttpPath httpPath(Found host, WarehouseAddress address) {
        for (Place place : places) {
            List<HttpPath> paths = new ArrayList<>();
            List<Found> found = new ArrayList<>();
            for (Key key : Key.COMPUTE) {
                place.find(key).ifPresent(value -> {
                    found.add(value);
                    paths.add(httpPath(key, value, address));
                });
            }
            if (paths.isEmpty()) {
                continue;
            }
            rejectForeign(place, host, found.get(0));
            boolean explicit = place == places.get(0);
            if (explicit && paths.size() > 1) {
                throw new IllegalArgumentException("Both " + found.get(0) + " and " + found.get(1)
                        + " say where the statements run: remove one of them.");
            }
            for (int i = 1; i < paths.size(); i++) {
                if (!paths.get(i).value().equals(paths.get(0).value())) {
                    throw new IllegalArgumentException("Both " + found.get(0) + " and " + found.get(i)
                            + " say where the statements run, and they differ: give only one, or say it with"
                            + " httpPath, warehouseId or clusterId.");
                }
            }
            return paths.get(0);
        }
        throw new IllegalArgumentException("The warehouse is missing: give warehouseId or httpPath, as the connection"
                + " details of the warehouse show them, or clusterId.");
    }

    private HttpPath httpPath(Key key, Found value, WarehouseAddress address) {
        String remedy = ", copy it from the connection details of the warehouse.";
        if (key.equals(Key.HTTP_PATH)) {
            return parsed(value, "httpPath", remedy, HttpPath::parse);
        }
        if (key.equals(Key.WAREHOUSE_ID)) {
            return parsed(value, "warehouseId", remedy, HttpPath::ofWarehouse);
        }
        String workspace = find(Key.of(AuthAttribute.WORKSPACE_ID))
                .map(Found::value)
                .or(address::workspaceId)
                .orElseThrow(
                        () -> new IllegalArgumentException("The cluster of " + value + " cannot be addressed, since"
                                + " the host does not tell the id of the workspace: give httpPath, or the environment variable"
                                + " DATABRICKS_WORKSPACE_ID."));
        return parsed(value, "clusterId", remedy, id -> HttpPath.ofCluster(workspace, id));
    }

    private Optional<Found> find(Key key) {
        return places.stream().flatMap(place -> place.find(key).stream()).findFirst();
    }

    private Found findOutsideProfile(Key key) {
        return options.find(key).or(() -> environment.find(key)).orElse(null);
    }

    /** The profile that an option of the endpoint asks for, if any: the values of others may then not differ from it. */
    private Place explicitProfile() {
        boolean asked = options.find(Key.PROFILE).isPresent()
                || options.find(Key.CONFIG_FILE).isPresent();
        return asked && profile != null ? profile.place() : Place.NOWHERE;
    }

    private void rejectDifferent(Key key, Found found) {
        explicitProfile().find(key).ifPresent(ofProfile -> {
            if (!Comparison.same(key, found.value(), ofProfile.value())) {
                throw new IllegalArgumentException("Both " + found + " and " + ofProfile + " give " + key.profileKey()
                        + ", and they differ: remove one of them.");
            }
        });
    }

    /** A warehouse of one workspace is not looked for in another. */
    private static void rejectForeign(Place place, Found host, Found value) {
        place.find(Key.HOST).ifPresent(own -> {
            if (!Comparison.same(Key.HOST, own.value(), host.value())) {
                throw new IllegalArgumentException("The value of " + value + " belongs to the host of " + own + ", but "
                        + host + " gives another one: give both in one place.");
            }
        });
    }

    private ProfileFile.Profile readProfile() {
        boolean enough = findOutsideProfile(Key.HOST) != null
                || LoginSearch.KEYS.stream().anyMatch(key -> findOutsideProfile(key) != null);
        boolean asked = profileName != null || options.find(Key.CONFIG_FILE).isPresent();
        if (!asked && enough) {
            return null;
        }
        Path path = configFile == null ? environment.home().resolve(".databrickscfg") : expanded(configFile.value());
        Optional<ProfileFile> file = ProfileFile.read(path);
        if (file.isEmpty() && (profileName != null || configFile != null)) {
            Found wanted = configFile == null ? profileName : configFile;
            throw new IllegalArgumentException("The file " + path + " does not exist, but " + wanted
                    + " asks for it: create it or correct the" + " name.");
        }
        return file.flatMap(f -> f.profile(profileName)).orElse(null);
    }

    private Path expanded(String path) {
        return path.startsWith("~/") ? environment.home().resolve(path.substring(2)) : Path.of(path);
    }

    private static <T> T parsed(Found found, String option, String remedy, Function<String, T> parser) {
        try {
            return parser.apply(found.value());
        } catch (IllegalArgumentException e) {
            String what = found.place().equals("the option " + option)
                    ? "The option " + option
                    : "The " + option + " of " + found;
            throw new IllegalArgumentException(what + " is malformed: " + e.getMessage() + remedy, e);
        }
    }
}
