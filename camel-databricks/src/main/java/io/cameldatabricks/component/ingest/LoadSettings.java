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
package io.cameldatabricks.component.ingest;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.cameldatabricks.component.volume.VolumePath;

/**
 * How files and rows are loaded. Immutable.
 *
 * @param staging the directory that files are uploaded into
 * @param format of the files, or null to tell it by their names; of rows JSON, if it is null
 * @param formatOptions how the server reads files that are given to be loaded
 * @param copyOptions of COPY INTO
 * @param select what is loaded of files that are given, as a list of expressions; or null
 * @param rows how rows are read, and which columns are loaded
 * @param stagedFile what becomes of an uploaded file
 * @param moveTo the directory into which it is moved, or null
 */
public record LoadSettings(
        VolumePath staging,
        FileFormat format,
        Map<String, String> formatOptions,
        Map<String, String> copyOptions,
        String select,
        IngestSettings rows,
        StagedFile stagedFile,
        VolumePath moveTo) {

    /** They would be read as a pattern, or end the text in which they stand. */
    private static final String NOT_IN_SQL = "*?[]{}'\"\\,";

    public LoadSettings {
        Objects.requireNonNull(staging, "staging");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(stagedFile, "stagedFile");
        formatOptions = Map.copyOf(new TreeMap<>(formatOptions));
        copyOptions = Map.copyOf(new TreeMap<>(copyOptions));
        if (staging.toString().chars().anyMatch(c -> NOT_IN_SQL.indexOf(c) >= 0)) {
            throw new IllegalArgumentException(
                    "volumePath has one of the characters " + NOT_IN_SQL + ", which COPY INTO takes for a pattern");
        }
        copyOptions.forEach((name, value) -> {
            if (name.toLowerCase(Locale.ROOT).equals("force")) {
                throw new IllegalArgumentException(
                        "copyOptions.force would load the rows of a message again each time it is sent");
            }
        });
        if ((moveTo == null) == (stagedFile == StagedFile.MOVE)) {
            throw new IllegalArgumentException("moveTo goes with stagedFile=MOVE, and with nothing else");
        }
        if (staging.equals(moveTo)) {
            throw new IllegalArgumentException("moveTo is the same as volumePath");
        }
        if (select != null && rows.columns() != null) {
            throw new IllegalArgumentException("loadSelect and columns contradict each other");
        }
    }
}
