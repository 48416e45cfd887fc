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
package io.cameldatabricks.testinfra.server.engine.spark.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** Hadoop without its native library runs chmod and readlink as programs, several for each written file. */
final class RawLocalFiles extends RawLocalFileSystem {

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(pathToFile(path).toPath(), PosixFileAttributeView.class);
        if (view != null) {
            String symbols = permission.toString();
            // a sticky bit makes the last letter a t, which Java does not know
            String plain = symbols.substring(0, 8)
                    + symbols.substring(8).replace('t', 'x').replace('T', '-');
            view.setPermissions(PosixFilePermissions.fromString(plain));
        }
    }

    @Override
    public FileStatus getFileLinkStatus(Path path) throws IOException {
        boolean link = Files.isSymbolicLink(pathToFile(path).toPath());
        return link ? super.getFileLinkStatus(path) : getFileStatus(path);
    }
}
