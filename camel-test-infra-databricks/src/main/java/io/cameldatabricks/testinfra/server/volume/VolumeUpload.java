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

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file on its way into a volume. It is written elsewhere and appears whole at {@link #commit}, or never. Confined to one
 * thread.
 */
public final class VolumeUpload implements Closeable {

    private static final int BUFFER = 64 << 10;

    private final VolumePath path;
    private final Path target;
    private final Path fresh;
    private final boolean overwrite;

    VolumeUpload(VolumePath path, Path target, Path fresh, boolean overwrite) {
        this.path = path;
        this.target = target;
        this.fresh = fresh;
        this.overwrite = overwrite;
    }

    /** @return how many bytes there were */
    public long write(InputStream contents) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long total = 0;
        try (OutputStream out = Files.newOutputStream(fresh)) {
            for (int read = contents.read(buffer); read >= 0; read = contents.read(buffer)) {
                out.write(buffer, 0, read);
                total += read;
            }
        }
        return total;
    }

    /**
     * Puts the file in its place. Parent directories appear with it, as in a store of objects.
     *
     * @throws VolumeException when a directory is there, when a parent is a file, or when a file is there that is not to
     *     be overwritten
     */
    public void commit() throws IOException, VolumeException {
        VolumePlace.createDirectories(target.getParent(), path);
        if (VolumePlace.isDirectory(target)) {
            throw VolumeFiles.alreadyExists(path);
        }
        try {
            if (overwrite) {
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                // fails when somebody else was faster; a move would not
                Files.createLink(target, fresh);
            }
        } catch (FileAlreadyExistsException e) {
            throw VolumeFiles.alreadyExists(path);
        } catch (AtomicMoveNotSupportedException | UnsupportedOperationException e) {
            moveAcross();
        }
    }

    /** An external volume may lie on another file system. */
    private void moveAcross() throws IOException, VolumeException {
        try {
            if (overwrite) {
                Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(fresh, target);
            }
        } catch (FileAlreadyExistsException e) {
            throw VolumeFiles.alreadyExists(path);
        }
    }

    /** Gives up what was not committed. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(fresh);
    }
}
