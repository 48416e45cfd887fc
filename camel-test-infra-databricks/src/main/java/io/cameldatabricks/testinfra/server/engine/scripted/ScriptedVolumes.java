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
package io.cameldatabricks.testinfra.server.engine.scripted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.cameldatabricks.testinfra.server.volume.VolumeException;
import io.cameldatabricks.testinfra.server.volume.VolumeException.Reason;
import io.cameldatabricks.testinfra.server.volume.VolumeFolders;
import io.cameldatabricks.testinfra.server.volume.VolumePath;

/**
 * The volumes of an engine that runs no SQL and so cannot be told to make any: there are two from the start, one with the
 * other's name as a prefix.
 */
final class ScriptedVolumes implements VolumeFolders {

    private static final String CATALOG = "main";
    private static final String SCHEMA = "default";
    private static final List<String> VOLUMES = List.of("landing", "landing2");

    private final Path folder;

    ScriptedVolumes(Path folder) {
        this.folder = folder;
        try {
            for (String volume : VOLUMES) {
                Files.createDirectories(folder.resolve(volume));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path folder(VolumePath path) throws VolumeException {
        if (!path.catalog().equals(CATALOG)) {
            throw missing(Reason.CATALOG_DOES_NOT_EXIST, "Catalog '" + path.catalog());
        }
        if (!path.schema().equals(SCHEMA)) {
            throw missing(Reason.SCHEMA_DOES_NOT_EXIST, "Schema '" + path.catalog() + "." + path.schema());
        }
        if (!VOLUMES.contains(path.volume())) {
            throw missing(Reason.VOLUME_DOES_NOT_EXIST, "Volume '" + path.volumeName());
        }
        return folder.resolve(path.volume());
    }

    private static VolumeException missing(Reason reason, String what) {
        return new VolumeException(reason, what + "' does not exist.");
    }

    @Override
    public Path staging() throws IOException {
        return Files.createDirectories(folder.resolve(".uploads"));
    }
}
