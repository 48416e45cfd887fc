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

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.cameldatabricks.component.auth.AuthAttribute;
import io.cameldatabricks.component.auth.AuthSettings;
import io.cameldatabricks.component.auth.Login;
import io.cameldatabricks.component.connect.WarehouseAddress;

/** Finds out who logs in, and how, from all places together. */
final class LoginSearch {

    /** What belongs to one way to log in. */
    static final List<Key> KEYS = Stream.of(AuthAttribute.values())
            .filter(attribute -> attribute.method().isPresent())
            .map(Key::of)
            .toList();

    /** A secret is of no use with the name of somebody else. */
    private static final Map<AuthAttribute, AuthAttribute> NAME_OF_SECRET = Map.of(
            AuthAttribute.CLIENT_SECRET, AuthAttribute.CLIENT_ID,
            AuthAttribute.AZURE_CLIENT_SECRET, AuthAttribute.AZURE_CLIENT_ID);

    private final List<Place> places;
    private final ProfileFile.Profile profile;
    private final Found configFile;
    private final Place explicitProfile;

    LoginSearch(List<Place> places, ProfileFile.Profile profile, Found configFile, Place explicitProfile) {
        this.places = places;
        this.profile = profile;
        this.configFile = configFile;
        this.explicitProfile = explicitProfile;
    }

    Login find(Found host, WarehouseAddress address) {
        Map<AuthAttribute, Found> found = new EnumMap<>(AuthAttribute.class);
        for (AuthAttribute attribute : AuthAttribute.values()) {
            find(attribute, host).ifPresent(value -> found.put(attribute, value));
        }
        rejectStrangePairs(found);
        if (!found.containsKey(AuthAttribute.AUTH_TYPE)) {
            rejectTwoMethods(found);
        }
        Map<AuthAttribute, String> values = new EnumMap<>(AuthAttribute.class);
        found.forEach((attribute, value) -> values.put(attribute, value.value()));
        AuthSettings settings;
        try {
            settings = new AuthSettings(
                    address.url(),
                    profile == null ? null : profile.name(),
                    configFile == null ? null : configFile.value(),
                    values);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The credentials are malformed: " + e.getMessage()
                    + ": use accessToken, clientId with clientSecret, or another authType.");
        }
        return settings.staticToken().<Login>map(Login.WithToken::new).orElseGet(() -> new Login.WithSdk(settings));
    }

    /** Nobody is looked for here, so an option that says who it is would be ignored. */
    Login rejectExplicit(ExplicitOptions options) {
        for (AuthAttribute attribute : AuthAttribute.values()) {
            options.find(Key.of(attribute)).ifPresent(found -> {
                throw new IllegalArgumentException("Both " + found
                        + " and a tokenSource or driverProperties.AuthMech say who connects: remove one of them.");
            });
        }
        return null;
    }

    private Optional<Found> find(AuthAttribute attribute, Found host) {
        Key key = Key.of(attribute);
        for (Place place : places) {
            Optional<Found> found = place.find(key);
            if (found.isPresent()) {
                rejectOtherHost(place, host, found.get(), attribute);
                explicitProfile.find(key).ifPresent(ofProfile -> {
                    if (!ofProfile.value().equals(found.get().value())) {
                        throw new IllegalArgumentException("Both " + found.get() + " and " + ofProfile + " give "
                                + attribute.profileKey() + ", and they differ: remove one of them.");
                    }
                });
                return found;
            }
        }
        return Optional.empty();
    }

    /** A credential goes to its own host only. */
    private static void rejectOtherHost(Place place, Found host, Found found, AuthAttribute attribute) {
        if (attribute.method().isEmpty()) {
            return;
        }
        place.find(Key.HOST).ifPresent(own -> {
            if (!Comparison.same(Key.HOST, own.value(), host.value())) {
                throw new IllegalArgumentException("The " + attribute.profileKey() + " of " + found
                        + " is for the host of " + own + ", but " + host
                        + " gives another one: give host and credentials in one place.");
            }
        });
    }

    private void rejectStrangePairs(Map<AuthAttribute, Found> found) {
        NAME_OF_SECRET.forEach((secret, name) -> {
            Found chosenName = found.get(name);
            Found chosenSecret = found.get(secret);
            if (chosenName == null || chosenSecret == null) {
                return;
            }
            for (Place place : places) {
                boolean hasSecret = place.find(Key.of(secret))
                        .filter(value -> value.place().equals(chosenSecret.place()))
                        .isPresent();
                place.find(Key.of(name))
                        .filter(value -> hasSecret && !value.value().equals(chosenName.value()))
                        .ifPresent(other -> {
                            throw new IllegalArgumentException("The " + secret.profileKey() + " of " + chosenSecret
                                    + " belongs to the " + name.profileKey() + " of " + other + ", but " + chosenName
                                    + " gives another one: give both in one place.");
                        });
            }
        });
    }

    private static void rejectTwoMethods(Map<AuthAttribute, Found> found) {
        AuthAttribute first = null;
        for (AuthAttribute attribute : found.keySet()) {
            if (attribute.method().isEmpty()) {
                continue;
            }
            if (first == null) {
                first = attribute;
            } else if (!attribute.method().equals(first.method())) {
                throw new IllegalArgumentException("Both " + first.profileKey() + " from " + found.get(first) + " and "
                        + attribute.profileKey() + " from " + found.get(attribute)
                        + " say how to log in: remove one of them, or choose with authType.");
            }
        }
        if (first == null) {
            throw new IllegalArgumentException("The option accessToken is missing: give a personal access token, or"
                    + " clientId and clientSecret, or a profile, or a tokenSource, or an authType such as azure-cli or"
                    + " databricks-cli.");
        }
    }
}
