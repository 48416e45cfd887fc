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
import java.nio.file.Files;
import java.nio.file.Path;

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;
import io.cameldatabricks.testinfra.server.volume.VolumeException;
import io.cameldatabricks.testinfra.server.volume.VolumeException.Reason;
import io.cameldatabricks.testinfra.server.volume.VolumeFolders;
import io.cameldatabricks.testinfra.server.volume.VolumeLinks;
import io.cameldatabricks.testinfra.server.volume.VolumePath;

/** The volumes that SQL has created. Thread-safe. */
public final class MetastoreVolumes implements VolumeFolders {

    private final Metastore metastore;
    private final Path staging;
    private volatile VolumeLinks links = operation -> {
        throw LocalFailure.unsupported(operation.kind() + " without a server that gives links");
    };

    /** @param dataFolder the folder of the metastore's own volumes, so that files move within one file system */
    public MetastoreVolumes(Metastore metastore, Path dataFolder) {
        this.metastore = metastore;
        this.staging = dataFolder.resolve("uploads");
    }

    /** Makes the links that statements give to their clients. */
    public VolumeLinks links() {
        return links;
    }

    public void links(VolumeLinks by) {
        links = by;
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

    @Override
    public Path staging() throws IOException {
        return Files.createDirectories(staging);
    }
}
