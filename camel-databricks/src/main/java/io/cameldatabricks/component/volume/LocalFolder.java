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
package io.cameldatabricks.component.volume;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/**
 * A folder of this machine that files are put into under names that come from elsewhere. No name leads out of it, and no
 * symbolic link below it is followed. A file appears whole, or not at all; where the file system has no hard links and no file may
 * be replaced, it is empty for a moment. Thread-safe, and safe beside other processes as
 * far as these do not move folders about below it.
 *
 * @param root the folder itself, which may be reached over symbolic links
 */
public record LocalFolder(Path root) {

    private static final int BUFFER = 64 << 10;

    public LocalFolder {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * Puts a file into the folder; folders between are made.
     *
     * @param name a path from here, with slashes between its parts
     * @param contents is read to its end, and not closed
     * @param overwrite whether a file that is there already is replaced
     * @return where the file is
     * @throws IllegalArgumentException when the name leads elsewhere; nothing is written then
     * @throws FileAlreadyExistsException when such a file is there, or a folder or link
     * @throws IOException when it cannot be read or written
     */
    public Path write(String name, InputStream contents, boolean overwrite) throws IOException {
        Path target = place(name);
        Path folder = target.getParent();
        // made before the first byte is read, in the folder itself, so that the file can be moved in one step
        Path fresh = folder.resolve(".camel-" + UUID.randomUUID() + ".part");
        try (FileChannel out = FileChannel.open(
                fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            copy(contents, out);
        } catch (IOException | RuntimeException | Error e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        try {
            move(fresh, target, overwrite);
        } finally {
            Files.deleteIfExists(fresh);
        }
        return target;
    }

    private static void copy(InputStream contents, FileChannel out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        var stream = Channels.newOutputStream(out);
        for (int read = contents.read(buffer); read >= 0; read = contents.read(buffer)) {
            stream.write(buffer, 0, read);
        }
        out.force(true);
    }

    private static void move(Path fresh, Path target, boolean overwrite) throws IOException {
        if (!overwrite) {
            appear(fresh, target, Files::createLink);
            return;
        }
        refuseOther(target);
        replace(fresh, target);
    }

    /** Makes a link, as {@link Files#createLink} does. */
    @FunctionalInterface
    interface Linker {
        void link(Path link, Path existing) throws IOException;
    }

    /** @throws FileAlreadyExistsException when somebody else was faster, where a move would replace the file */
    static void appear(Path fresh, Path target, Linker linker) throws IOException {
        try {
            linker.link(target, fresh);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            // a file system without such links: the name is taken with an empty file, in one step too
            Files.createFile(target);
            try {
                replace(fresh, target);
            } catch (IOException | RuntimeException | Error failure) {
                Files.deleteIfExists(target);
                throw failure;
            }
        }
    }

    private static void replace(Path fresh, Path target) throws IOException {
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The place that a name stands for; the folder that it is in is there when this returns. */
    private Path place(String name) throws IOException {
        List<String> parts = PathParts.split(name);
        Files.createDirectories(root);
        Path place = root;
        try {
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).indexOf(':') >= 0
                        && !root.getFileSystem().getSeparator().equals("/")) {
                    throw new IllegalArgumentException(
                            "a part of it has a colon, which names a drive or a stream here");
                }
                place = place.resolve(parts.get(i));
                if (place.getNameCount() != root.getNameCount() + i + 1 || !place.startsWith(root)) {
                    throw new IllegalArgumentException("it leads out of the folder");
                }
                if (i < parts.size() - 1) {
                    enter(place);
                }
            }
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("it is no name of a file on this machine", e);
        }
        refuseOther(place);
        return place;
    }

    private static void enter(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new IllegalArgumentException("it leads through a file or a symbolic link", e);
            }
        }
    }

    private static void refuseOther(Path target) throws IOException {
        if (Files.isSymbolicLink(target)) {
            throw new IllegalArgumentException("it leads to a symbolic link");
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(target.toString(), null, "it is no file");
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
