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
package io.cameldatabricks.testinfra.server.engine.spark.metastore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;
import io.cameldatabricks.testinfra.server.volume.VolumeException;
import io.cameldatabricks.testinfra.server.volume.VolumeException.Reason;
import io.cameldatabricks.testinfra.server.volume.VolumeFolders;
import io.cameldatabricks.testinfra.server.volume.VolumeLinks;
import io.cameldatabricks.testinfra.server.volume.VolumePath;
import io.cameldatabricks.testinfra.server.volume.VolumePlace;

/** The folders of the volumes that SQL has created. Thread-safe. */
public final class MetastoreVolumes implements VolumeFolders {

    private final Metastore metastore;
    private final Path dataFolder;
    private final Path staging;
    private volatile VolumeLinks links = operation -> {
        throw LocalFailure.unsupported(operation.kind() + " without a server that gives links");
    };

    /** @param dataFolder the folder of the metastore's own volumes, so that files move within one file system */
    public MetastoreVolumes(Metastore metastore, Path dataFolder) {
        this.metastore = metastore;
        this.dataFolder = dataFolder;
        this.staging = dataFolder.resolve("uploads");
    }

    /** Makes the links that statements give to their clients. */
    public VolumeLinks links() {
        return links;
    }

    public void links(VolumeLinks by) {
        links = by;
    }

    /**
     * Makes the folder of a new volume.
     *
     * @param location of an external volume; null for a managed one
     */
    Path create(SchemaName schema, String name, String location) {
        Path folder = location == null
                ? dataFolder
                        .resolve("volumes")
                        .resolve(schema.catalog())
                        .resolve(schema.schema())
                        .resolve(name)
                : Path.of(location);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    /** Deletes the files of a volume that is gone; those of an external one stay. */
    void delete(VolumeEntry volume) {
        Path folder = Path.of(volume.location());
        if (volume.external() || !Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Path folder(VolumePath path) throws VolumeException {
        SchemaName schema = new SchemaName(path.catalog(), path.schema());
        if (!metastore.hasCatalog(path.catalog())) {
            throw missing(Reason.CATALOG_DOES_NOT_EXIST, "Catalog '" + path.catalog());
        }
        if (!metastore.hasSchema(schema)) {
            throw missing(Reason.SCHEMA_DOES_NOT_EXIST, "Schema '" + path.catalog() + "." + path.schema());
        }
        return metastore
                .volume(schema, path.volume())
                .map(volume -> Path.of(volume.location()))
                .orElseThrow(() -> missing(Reason.VOLUME_DOES_NOT_EXIST, "Volume '" + path.volumeName()));
    }

    private static VolumeException missing(Reason reason, String what) {
        return new VolumeException(reason, what + "' does not exist.");
    }

    /** The local path behind a path under {@code /Volumes}; any other path as it is. */
    public String localPath(String given) {
        if (!VolumePath.isOne(given)) {
            return given;
        }
        try {
            return VolumePlace.of(VolumePath.parse(given), this).toString();
        } catch (VolumeException e) {
            throw failure(given, e);
        }
    }

    /** The same; and when the path is one of a volume without wildcards, something must be there. */
    public String existingPath(String given) {
        String local = localPath(given);
        boolean wildcards = local.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
        if (VolumePath.isOne(given) && !wildcards && !Files.exists(Path.of(local))) {
            throw LocalFailure.pathNotFound(given);
        }
        return local;
    }

    /** What SQL says of trouble with a path of a volume. */
    public static LocalFailure failure(String path, VolumeException e) {
        return switch (e.reason()) {
            case CATALOG_DOES_NOT_EXIST -> LocalFailure.of("NO_SUCH_CATALOG_EXCEPTION", "42704", e.getMessage());
            case SCHEMA_DOES_NOT_EXIST -> LocalFailure.of("SCHEMA_NOT_FOUND", "42704", e.getMessage());
            case VOLUME_DOES_NOT_EXIST -> LocalFailure.of("VOLUME_NOT_FOUND", "42704", e.getMessage());
            case FILES_API_FILE_NOT_FOUND, FILES_API_DIRECTORY_IS_NOT_FOUND -> LocalFailure.pathNotFound(path);
            default ->
                LocalFailure.of(
                        "INVALID_VOLUME_PATH", "42000", "The path '" + path + "' cannot be used. " + e.getMessage());
        };
    }

    @Override
    public Path staging() throws IOException {
        return Files.createDirectories(staging);
    }
}
