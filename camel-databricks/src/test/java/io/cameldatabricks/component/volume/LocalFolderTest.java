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
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LocalFolderTest {

    /** What a share without hard links says; there is none on the machine of a test. */
    private static final List<LocalFolder.Linker> NO_LINKS = List.of(
            (link, existing) -> {
                throw new FileSystemException(link.toString(), existing.toString(), "Operation not permitted");
            },
            (link, existing) -> {
                throw new UnsupportedOperationException();
            });

    @TempDir
    Path folder;

    @Test
    void shouldPutAFileInPlaceWhereThereAreNoHardLinks() throws IOException {
        for (LocalFolder.Linker linker : NO_LINKS) {
            Path fresh = Files.writeString(folder.resolve("fresh"), "new");
            Path target = folder.resolve("target");

            LocalFolder.appear(fresh, target, linker);
            assertThat(target).hasContent("new");

            Path other = Files.writeString(folder.resolve("other"), "other");
            assertThatThrownBy(() -> LocalFolder.appear(other, target, linker))
                    .isInstanceOf(FileAlreadyExistsException.class);
            assertThat(target).hasContent("new");
            Files.delete(target);
        }
    }

    @Test
    void shouldLeaveNoEmptyFileWhenTheMoveFails() {
        Path gone = folder.resolve("gone");

        assertThatThrownBy(() -> LocalFolder.appear(gone, folder.resolve("target"), NO_LINKS.get(0)))
                .isInstanceOf(IOException.class);
        assertThat(folder).isEmptyDirectory();
    }
}
