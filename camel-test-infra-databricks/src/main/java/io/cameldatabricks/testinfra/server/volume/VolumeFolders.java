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
package io.cameldatabricks.testinfra.server.volume;

import java.io.IOException;
import java.nio.file.Path;

/** Where the volumes of a warehouse are kept on disk. Thread-safe. */
public interface VolumeFolders {

    /**
     * @return the folder of the volume that the path names
     * @throws VolumeException when there is no such catalog, schema or volume
     */
    Path folder(VolumePath path) throws VolumeException;

    /** A folder of nobody's volume, for files that are not whole yet. */
    Path staging() throws IOException;
}
