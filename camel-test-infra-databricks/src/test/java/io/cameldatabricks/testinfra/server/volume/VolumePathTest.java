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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** No text leads out of a volume. */
class VolumePathTest {

    private static final String VOLUME = "/Volumes/main/default/v";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "/Volumes/main/default/v, ''",
        "/Volumes/main/default/v/, ''",
        "/Volumes/Main/DEFAULT/V/A.csv, A.csv",
        "dbfs:/Volumes/main/default/v/a/b/c, a/b/c",
        "/Volumes/main/default/v/a/b/, a/b",
        "/Volumes/main/default/v/..., ...",
        "/Volumes/main/default/v/%2e%2e/a, %2e%2e/a",
        "/Volumes/main/default/v/ä b+c#d?e, ä b+c#d?e"
    })
    void shouldReadPaths(String text, String inside) throws VolumeException {
        VolumePath path = VolumePath.parse(text);
        assertThat(path.volumeName()).isEqualTo("main.default.v");
        assertThat(String.join("/", path.inside())).isEqualTo(inside);
        assertThat(path).hasToString(inside.isEmpty() ? VOLUME : VOLUME + "/" + inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "a.csv",
                "Volumes/main/default/v/a",
                "/volumes/main/default/v/a",
                "/Volumes",
                "/Volumes/",
                "/Volumes/main",
                "/Volumes/main/default",
                "/Volumes/main/default/",
                "/Volumes//default/v/a",
                "/Volumes/../default/v/a",
                "/Volumes/main/../v/a",
                "/Volumes/main/default/../a",
                "/Volumes/main/default/v//a",
                "/Volumes/main/default/v/a//",
                "file:/Volumes/main/default/v/a",
                "dbfs://Volumes/main/default/v/a"
            })
    void shouldRefuseWhatNamesNoPlaceInAVolume(String text) {
        assertThatThrownBy(() -> VolumePath.parse(text)).isInstanceOf(VolumeException.class);
    }

    @Test
    void shouldNeverLeaveTheVolume() throws Exception {
        Path volume = Files.createDirectories(folder.resolve("v"));
        Files.createDirectories(folder.resolve("v2"));
        VolumeFolders folders = new OneVolume(volume, folder);
        int refused = 0;
        for (String hostile : hostile()) {
            try {
                Path place = VolumePlace.of(VolumePath.parse(VOLUME + "/" + hostile), folders);
                assertThat(place.normalize()).as(hostile).isEqualTo(place);
                assertThat(place.startsWith(volume)).as(hostile).isTrue();
            } catch (VolumeException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(400);
    }

    /** Climbing parts in every place, written in every way, with what filters like to overlook around them. */
    private static List<String> hostile() {
        List<String> climbs = List.of("..", "../..", "./..", "..//..", "..\\..", "a/../../b", "...//..", ".", "./.");
        List<String> around = List.of("", "/", "//", "\\", "\0", "\n", "\r", "\u007f", "\u0001", "\ufffd", "\ud800");
        List<String> all = new ArrayList<>();
        for (String climb : climbs) {
            for (String before : around) {
                for (String after : around) {
                    all.add(before + climb + after);
                    all.add("a" + before + "/" + climb + after + "/etc/passwd");
                }
            }
        }
        all.addAll(List.of("../v2/x", "..%2f..", "%2e%2e/%2e%2e", "..%252f", "..;/x", "~/x", "C:\\x", "a".repeat(256)));
        return all;
    }

    @Test
    void shouldFollowNoSymbolicLink() throws Exception {
        Path volume = Files.createDirectories(folder.resolve("v"));
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(volume.resolve("link"), outside);
        Files.createSymbolicLink(volume.resolve("file"), outside.resolve("secret"));
        VolumeFiles files = new VolumeFiles(new OneVolume(volume, folder));
        for (String inside : List.of("link", "link/secret", "link/new", "file")) {
            VolumePath path = VolumePath.parse(VOLUME + "/" + inside);
            assertThatThrownBy(() -> files.open(path)).as(inside).isInstanceOf(VolumeException.class);
            assertThatThrownBy(() -> files.upload(path, true)).as(inside).isInstanceOf(VolumeException.class);
            assertThatThrownBy(() -> files.delete(path)).as(inside).isInstanceOf(VolumeException.class);
            assertThatThrownBy(() -> files.list(path, null, 10)).as(inside).isInstanceOf(VolumeException.class);
            assertThatThrownBy(() -> files.createDirectory(path)).as(inside).isInstanceOf(VolumeException.class);
        }
        assertThat(files.list(VolumePath.parse(VOLUME), null, 10).entries()).isEmpty();
        assertThat(outside.resolve("secret")).hasContent("secret");
    }

    /** A warehouse with one volume. */
    private record OneVolume(Path volume, Path around) implements VolumeFolders {

        @Override
        public Path folder(VolumePath path) {
            return volume;
        }

        @Override
        public Path staging() {
            return around;
        }
    }
}
