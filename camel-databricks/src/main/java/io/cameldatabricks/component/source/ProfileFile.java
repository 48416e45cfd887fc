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

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.apache.commons.configuration2.INIConfiguration;
import org.apache.commons.configuration2.SubnodeConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;

/**
 * A {@code .databrickscfg}, read as databricks-sdk-java reads it: sections are profiles, and {@code [__settings__]} may
 * name the default one.
 */
final class ProfileFile {

    private static final String SETTINGS = "__settings__";
    private static final String DEFAULT = "DEFAULT";

    private final Path path;
    private final INIConfiguration ini;

    private ProfileFile(Path path, INIConfiguration ini) {
        this.path = path;
        this.ini = ini;
    }

    /**
     * @return empty when there is no such file
     * @throws IllegalArgumentException when it cannot be read; the message repeats nothing of it
     */
    static Optional<ProfileFile> read(Path path) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        INIConfiguration ini = new INIConfiguration();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            ini.read(reader);
        } catch (IOException | ConfigurationException e) {
            throw new IllegalArgumentException(
                    "The file " + path + " cannot be read: check that it is a configuration file of Databricks.");
        }
        return Optional.of(new ProfileFile(path, ini));
    }

    /** A profile and its name; the name is null for {@code [DEFAULT]}, which nobody asked for by name. */
    record Profile(String name, Place place) {}

    /**
     * @param name the profile that was asked for, with its place, or null for the default one
     * @return empty when nobody asked for a profile and the file has no default
     * @throws IllegalArgumentException when the file has no such profile
     */
    Optional<Profile> profile(Found name) {
        Found asked = name == null ? defaultProfile() : name;
        String section = asked == null ? DEFAULT : asked.value();
        if (section.equals(SETTINGS)) {
            throw new IllegalArgumentException("The profile " + SETTINGS + ", named by " + asked
                    + ", is not a profile: give the name of another section of " + path + ".");
        }
        SubnodeConfiguration values = ini.getSection(section);
        if (values.isEmpty()) {
            if (asked == null) {
                return Optional.empty();
            }
            throw new IllegalArgumentException("The profile " + section + ", named by " + asked + ", is not in " + path
                    + ": add it or correct its name.");
        }
        String place = "the profile " + section + " of " + path;
        Place lookup = key -> {
            String value = key.profileKey() == null ? null : values.getString(key.profileKey());
            return value == null || value.isBlank() ? Optional.empty() : Optional.of(new Found(value.trim(), place));
        };
        return Optional.of(new Profile(asked == null ? null : section, lookup));
    }

    private Found defaultProfile() {
        String name = ini.getSection(SETTINGS).getString("default_profile", "").trim();
        return name.isEmpty() ? null : new Found(name, "default_profile of " + path);
    }
}
