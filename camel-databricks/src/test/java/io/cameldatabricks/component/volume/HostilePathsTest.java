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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever a path is made of, it is refused, or leads to a place below where it belongs. */
class HostilePathsTest {

    private static final VolumePath ROOT = VolumePath.parse("/Volumes/main/default/landing/in");

    static Stream<String> hostile() {
        return HostilePaths.all();
    }

    @Test
    void shouldBeMany() {
        assertThat(hostile()).hasSizeGreaterThan(500).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void shouldNotLeadOutOfTheVolume(String path) {
        VolumePath found;
        try {
            found = ROOT.resolve(path);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(found.toString()).startsWith(ROOT + "/");
        assertThat(found.volume()).isEqualTo(ROOT.volume());
        assertThat(found.inside().subList(0, 1)).isEqualTo(ROOT.inside());
        // what a server or a gateway may make of it, however often it decodes and whatever it replaces
        String text = found.escaped();
        assertThat(URI.create("https://h" + text).normalize().getRawPath()).isEqualTo(text);
        for (int i = 0; i < 5; i++) {
            text = Normalizer.normalize(decoded(text), Normalizer.Form.NFKC).replaceAll("\\p{Cf}", "");
            assertThat(Path.of(text).normalize()).startsWithRaw(Path.of(ROOT.toString()));
            assertThat(text).doesNotContain("\\", "//", "/../", "/./").doesNotEndWith("/..");
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // a percent sign that is none
            return text;
        }
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void shouldNotLeadOutOfTheFolder(String path, @TempDir Path folder) throws IOException {
        Path root = Files.createDirectory(folder.resolve("in"));
        Path twin = Files.createDirectory(folder.resolve("in-secret"));
        Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
        try {
            Path written = new LocalFolder(root).write(path, new ByteArrayInputStream(new byte[] {1}), true);
            assertThat(written.toRealPath()).startsWith(root.toRealPath());
        } catch (IllegalArgumentException | FileSystemException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        try (Stream<Path> above = Files.list(folder)) {
            assertThat(above).containsExactlyInAnyOrder(root, twin, secret);
        }
        assertThat(secret).hasContent("secret");
        assertThat(twin).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.csv",
                "2024-02-29T12:00:00/a.csv",
                "50%.csv",
                "50%25.csv",
                "a b+c&d=e#f?g.csv",
                "..a",
                "a..",
                "a..b/.hidden",
                "été 😀/ﬁ.csv",
                "/Volumes/main/default/landing/in/a",
                "/Volumes/MAIN/Default/landing/in/a"
            })
    void shouldTakeWhatIsHarmless(String path) {
        VolumePath found = ROOT.resolve(path);

        assertThat(URLDecoder.decode(found.escaped().replace("+", "%2B"), StandardCharsets.UTF_8))
                .isEqualTo(found.toString());
        assertThat(found.escaped()).matches("[A-Za-z0-9/%_.~-]+");
    }

    @Test
    void shouldFollowNoSymbolicLink(@TempDir Path folder) throws IOException {
        Path root = Files.createDirectory(folder.resolve("in"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path file = Files.writeString(outside.resolve("file"), "secret");
        Files.createSymbolicLink(root.resolve("dir"), outside);
        Files.createSymbolicLink(root.resolve("link"), file);
        Files.createSymbolicLink(root.resolve("dangling"), outside.resolve("new"));
        LocalFolder local = new LocalFolder(root);

        for (String name : List.of("dir/file", "dir/new", "link", "dangling", "dir")) {
            for (boolean overwrite : new boolean[] {true, false}) {
                assertThatThrownBy(() -> local.write(name, new ByteArrayInputStream(new byte[1]), overwrite))
                        .isInstanceOfAny(IllegalArgumentException.class, FileSystemException.class);
            }
        }
        assertThat(file).hasContent("secret");
        assertThat(outside).isDirectoryContaining(path -> path.equals(file));
        assertThat(Files.exists(outside.resolve("new"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    @Test
    void shouldPutAFileInPlaceAsAWhole(@TempDir Path folder) throws IOException {
        LocalFolder local = new LocalFolder(folder.resolve("made"));

        Path written = local.write("a/b.txt", new ByteArrayInputStream("one".getBytes(StandardCharsets.UTF_8)), false);
        assertThat(written).hasContent("one");
        assertThatThrownBy(() -> local.write("a/b.txt", new ByteArrayInputStream(new byte[1]), false))
                .isInstanceOf(FileSystemException.class);
        assertThat(written).hasContent("one");
        assertThatThrownBy(() -> local.write(
                        "a/b.txt",
                        new java.io.InputStream() {
                            private int left = 3;

                            @Override
                            public int read() throws IOException {
                                if (left-- <= 0) {
                                    throw new IOException("cut");
                                }
                                return 'x';
                            }
                        },
                        true))
                .hasMessage("cut");
        assertThat(written).hasContent("one");
        assertThat(local.write("a/b.txt", new ByteArrayInputStream(new byte[0]), true))
                .isEmptyFile();
        try (Stream<Path> left = Files.list(folder.resolve("made/a"))) {
            assertThat(left).containsExactly(written);
        }
    }
}
