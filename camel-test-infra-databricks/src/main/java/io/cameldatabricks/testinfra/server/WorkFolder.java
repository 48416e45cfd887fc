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
package io.cameldatabricks.testinfra.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder for all that is gone when the warehouse is gone. Its name tells whose it is. */
final class WorkFolder {

    private static final String PREFIX = "local-warehouse-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-\\d+");

    private WorkFolder() {}

    /** Makes this process's folder, and takes away those of warehouses that were killed. */
    static Path create() throws IOException {
        Path folder = Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
        List<Path> left;
        try (Stream<Path> files = Files.list(folder.getParent())) {
            left = files.filter(WorkFolder::ownerIsGone).toList();
        }
        for (Path path : left) {
            if (haveSameOwner(path, folder)) {
                DeleteFolder.quietly(path);
            }
        }
        return folder;
    }

    /** Also false for a folder that another warehouse, started at the same moment, took away before us. */
    private static boolean haveSameOwner(Path path, Path folder) throws IOException {
        try {
            return Files.getOwner(path).equals(Files.getOwner(folder));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static boolean ownerIsGone(Path folder) {
        Matcher name = NAME.matcher(folder.getFileName().toString());
        return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }
}
