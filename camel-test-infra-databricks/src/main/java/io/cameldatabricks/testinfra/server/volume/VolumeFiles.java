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
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import io.cameldatabricks.testinfra.server.volume.VolumeException.Reason;

/** What can be done with the files and directories of volumes. Thread-safe. */
public final class VolumeFiles {

    private final VolumeFolders folders;

    public VolumeFiles(VolumeFolders folders) {
        this.folders = folders;
    }

    /**
     * A file's measures.
     *
     * @param size bytes
     */
    public record Metadata(long size, Instant lastModified) {}

    /** @throws VolumeException when there is no such file */
    public Metadata metadata(VolumePath path) throws IOException, VolumeException {
        BasicFileAttributes file = attributes(place(path));
        if (file == null || !file.isRegularFile()) {
            throw fileNotFound();
        }
        return new Metadata(file.size(), file.lastModifiedTime().toInstant());
    }

    /** @return the contents, to be closed; @throws VolumeException when there is no such file */
    public SeekableByteChannel open(VolumePath path) throws IOException, VolumeException {
        Path place = place(path);
        if (!VolumePlace.isFile(place)) {
            throw fileNotFound();
        }
        try {
            return Files.newByteChannel(place, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw fileNotFound();
        }
    }

    /** @return to be closed; @throws VolumeException when such a file could not be put there, as far as is known now */
    public VolumeUpload upload(VolumePath path, boolean overwrite) throws IOException, VolumeException {
        Path target = place(path);
        if (path.isVolume() || VolumePlace.isDirectory(target) || !overwrite && VolumePlace.exists(target)) {
            throw alreadyExists(path);
        }
        Path fresh = Files.createTempFile(folders.staging(), "upload-", ".part");
        return new VolumeUpload(path, target, fresh, overwrite);
    }

    /** @throws VolumeException when there is no such file */
    public void delete(VolumePath path) throws IOException, VolumeException {
        Path place = place(path);
        if (!VolumePlace.isFile(place) || !Files.deleteIfExists(place)) {
            throw fileNotFound();
        }
    }

    /** Makes a directory and its parents, unless it is there. @throws VolumeException when a file is in the way */
    public void createDirectory(VolumePath path) throws IOException, VolumeException {
        VolumePlace.createDirectories(place(path), path);
    }

    /** @throws VolumeException when there is no such directory */
    public void requireDirectory(VolumePath path) throws VolumeException {
        if (!VolumePlace.isDirectory(place(path)) && !path.isVolume()) {
            throw directoryNotFound();
        }
    }

    /** @throws VolumeException when there is no such directory, or when it is not empty */
    public void deleteDirectory(VolumePath path) throws IOException, VolumeException {
        Path place = place(path);
        if (path.isVolume()) {
            throw new VolumeException(Reason.FILES_API_INVALID_PATH, "A volume cannot be deleted as a directory.");
        }
        requireDirectory(path);
        try {
            Files.delete(place);
        } catch (NoSuchFileException e) {
            throw directoryNotFound();
        } catch (DirectoryNotEmptyException e) {
            throw new VolumeException(
                    Reason.FILES_API_DIRECTORY_IS_NOT_EMPTY, "The directory being deleted is not empty.");
        }
    }

    /**
     * Lists a directory, without what is below its directories. Needs memory for what it returns, not for the directory.
     *
     * @param after names up to this one are left out; null for none
     * @param atMost how many entries are wanted
     * @throws VolumeException when there is no such directory
     */
    public VolumeEntries list(VolumePath path, String after, int atMost) throws IOException, VolumeException {
        requireDirectory(path);
        PriorityQueue<String> first = new PriorityQueue<>(Comparator.reverseOrder());
        boolean more = false;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(place(path))) {
            for (Path each : all) {
                String name = each.getFileName().toString();
                if ((after == null || name.compareTo(after) > 0) && !Files.isSymbolicLink(each)) {
                    first.add(name);
                    if (first.size() > atMost) {
                        first.poll();
                        more = true;
                    }
                }
            }
        } catch (NoSuchFileException e) {
            throw directoryNotFound();
        }
        List<String> names = first.stream().sorted().toList();
        List<VolumeEntries.Entry> entries = new ArrayList<>();
        for (String name : names) {
            VolumeEntries.Entry entry = entry(path, name);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return new VolumeEntries(entries, more ? names.get(names.size() - 1) : null);
    }

    /** @return null when it is gone, or when its name is none that a path can have */
    private VolumeEntries.Entry entry(VolumePath directory, String name) throws IOException, VolumeException {
        VolumePath path;
        try {
            path = directory.child(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
        BasicFileAttributes file = attributes(place(path));
        return file == null
                ? null
                : new VolumeEntries.Entry(
                        path,
                        name,
                        file.isDirectory(),
                        file.isDirectory() ? 0 : file.size(),
                        file.lastModifiedTime().toInstant());
    }

    private static BasicFileAttributes attributes(Path place) throws IOException {
        try {
            return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        } catch (java.nio.file.FileSystemException e) {
            // a part of the path is a file
            if (VolumePlace.exists(place)) {
                throw e;
            }
            return null;
        }
    }

    private Path place(VolumePath path) throws VolumeException {
        return VolumePlace.of(path, folders);
    }

    private static VolumeException fileNotFound() {
        return new VolumeException(Reason.FILES_API_FILE_NOT_FOUND, "The file being accessed is not found.");
    }

    private static VolumeException directoryNotFound() {
        return new VolumeException(
                Reason.FILES_API_DIRECTORY_IS_NOT_FOUND, "The directory being accessed is not found.");
    }

    static VolumeException alreadyExists(VolumePath path) {
        return new VolumeException(
                Reason.FILES_API_ALREADY_EXISTS, "The file being created already exists: " + path + ".");
    }
}
