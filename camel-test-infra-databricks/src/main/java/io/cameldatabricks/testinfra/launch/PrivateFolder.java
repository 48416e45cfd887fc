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
package io.cameldatabricks.testinfra.launch;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A folder below java.io.tmpdir that only this user can read: discovery files hold tokens. */
final class PrivateFolder {

    private PrivateFolder() {}

    /** @throws IOException also when somebody else has made the folder */
    static Path get() throws IOException {
        Path folder =
                Path.of(System.getProperty("java.io.tmpdir"), "camel-databricks-" + System.getProperty("user.name"));
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            if (posix) {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectory(folder);
            }
        } catch (FileAlreadyExistsException e) {
            if (posix) {
                check(folder);
            }
        }
        return folder;
    }

    private static void check(Path folder) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
        String owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName();
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                || !owner.equals(System.getProperty("user.name"))
                || permissions.stream()
                        .anyMatch(permission -> !permission.name().startsWith("OWNER"))) {
            throw new IOException(folder + " must be a folder that only you can read; delete it");
        }
    }
}
