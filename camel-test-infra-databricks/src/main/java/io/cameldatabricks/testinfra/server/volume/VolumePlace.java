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
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import io.cameldatabricks.testinfra.server.volume.VolumeException.Reason;

/** Finds the local path behind a path of a volume, and follows no symbolic link on the way. */
public final class VolumePlace {

    private VolumePlace() {}

    /**
     * @return the local path, of something that need not exist
     * @throws VolumeException when there is no such volume, or a part of the path is a symbolic link
     */
    public static Path of(VolumePath path, VolumeFolders folders) throws VolumeException {
        Path place = folders.folder(path);
        for (String part : path.inside()) {
            try {
                place = place.resolve(part);
            } catch (InvalidPathException e) {
                throw new VolumeException(
                        Reason.FILES_API_INVALID_PATH, "The path has a character that the name of a file cannot have.");
            }
            if (Files.isSymbolicLink(place)) {
                throw new VolumeException(
                        Reason.FILES_API_PERMISSION_DENIED, "The path leads through a symbolic link.");
            }
        }
        return place;
    }

    /** @throws VolumeException when a file is in the way */
    static void createDirectories(Path place, VolumePath path) throws IOException, VolumeException {
        try {
            Files.createDirectories(place);
        } catch (FileSystemException e) {
            for (Path above = place; above != null; above = above.getParent()) {
                if (exists(above) && !isDirectory(above)) {
                    throw VolumeFiles.alreadyExists(path);
                }
            }
            throw e;
        }
    }

    static boolean isFile(Path place) {
        return Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS);
    }

    static boolean isDirectory(Path place) {
        return Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS);
    }

    static boolean exists(Path place) {
        return Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    }
}
