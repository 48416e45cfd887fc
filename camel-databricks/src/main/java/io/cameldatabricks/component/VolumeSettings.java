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

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.cameldatabricks.component.ingest.LoadSettings;
import io.cameldatabricks.component.volume.LocalFolder;
import io.cameldatabricks.component.volume.VolumePath;

/**
 * Which files of Volumes an endpoint uses. Immutable.
 *
 * @param root the place that messages may not leave
 * @param overwrite whether files that are there are replaced
 * @param localFolder where downloaded files go, or null
 */
record VolumeSettings(VolumePath root, boolean overwrite, LocalFolder localFolder) {

    /**
     * @param operation that needs them
     * @throws IllegalArgumentException when an option is missing or malformed
     */
    static VolumeSettings of(DatabricksVolumeOptions options, DatabricksOperation operation) {
        VolumePath root = path("volumePath", options.getVolumePath());
        if (root == null) {
            throw new IllegalArgumentException("The option volumePath is missing: operation=" + operation
                    + " needs a place such as /Volumes/main/default/landing.");
        }
        return new VolumeSettings(root, options.isOverwrite(), folder(options.getLocalFolder()));
    }

    /**
     * How files and rows are loaded.
     *
     * @throws IllegalArgumentException when an option is malformed, or contradicts another
     */
    static LoadSettings load(DatabricksVolumeOptions options, WriteSettings write, DatabricksOperation operation) {
        VolumePath staging = of(options, operation).root();
        VolumePath moveTo = path("moveTo", options.getMoveTo());
        return OptionText.explained(
                "Files cannot be loaded",
                () -> new LoadSettings(
                        staging,
                        options.getFileFormat(),
                        texts("formatOptions", options.getFormatOptions()),
                        texts("copyOptions", options.getCopyOptions()),
                        OptionText.blankToNull(options.getLoadSelect()),
                        write.rows(),
                        options.getStagedFile(),
                        moveTo));
    }

    /** How many rows are at most inserted, above which they are loaded; 0 when they never are. */
    static int loadThreshold(DatabricksVolumeOptions options) {
        if (options.getLoadThreshold() < 0) {
            throw new IllegalArgumentException(
                    "The option loadThreshold is negative: give 0 (never load) or a number of rows.");
        }
        return OptionText.blankToNull(options.getVolumePath()) == null ? 0 : options.getLoadThreshold();
    }

    /**
     * The place that a message is about.
     *
     * @param header the place that the message names, or null
     * @throws IllegalArgumentException when it leads elsewhere
     */
    VolumePath place(String header) {
        return header == null
                ? root
                : OptionText.explained(
                        "The header " + DatabricksConstants.VOLUME_PATH + " names no place below volumePath",
                        () -> root.resolve(header));
    }

    /**
     * As {@link #place}, of a file.
     *
     * @throws IllegalArgumentException when it leads elsewhere, or is a Volume
     */
    VolumePath file(String header) {
        VolumePath file = place(header);
        if (file.isVolume()) {
            throw new IllegalArgumentException("The file is missing: set the header " + DatabricksConstants.VOLUME_PATH
                    + " to its name below " + root + ".");
        }
        return file;
    }

    /** How a downloaded file is called below the local folder: as it is called below {@link #root}. */
    String nameOf(VolumePath file) {
        List<String> inside = file.inside();
        return file.equals(root)
                ? file.name()
                : String.join("/", inside.subList(root.inside().size(), inside.size()));
    }

    private static Map<String, String> texts(String option, Map<String, Object> values) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((name, value) -> texts.put(name, OptionText.required(option, name, value)));
        return texts;
    }

    private static VolumePath path(String option, String value) {
        String text = OptionText.blankToNull(value);
        return text == null
                ? null
                : OptionText.explained("The option " + option + " is malformed", () -> VolumePath.parse(text));
    }

    private static LocalFolder folder(String value) {
        String text = OptionText.blankToNull(value);
        try {
            return text == null ? null : new LocalFolder(Path.of(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("The option localFolder is no path of this machine.", e);
        }
    }
}
