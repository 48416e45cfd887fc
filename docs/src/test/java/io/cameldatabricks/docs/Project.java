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
package io.cameldatabricks.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.cameldatabricks.docs.page.Page;
import io.cameldatabricks.docs.page.Regions;

/** Where the project's pages and sources are, seen from this module. */
final class Project {

    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private Project() {}

    /** All pages but the changelog: its lines tell of what was. */
    static List<Page> pages() throws IOException {
        try (Stream<Path> walk = Files.walk(ROOT)) {
            return walk.filter(path -> path.toString().matches(".*\\.(adoc|md)"))
                    .filter(path ->
                            !ROOT.relativize(path).toString().matches("(.*/)?(target|node_modules|\\.[^/]+)/.*"))
                    .filter(path -> !path.getFileName().toString().equals("CHANGELOG.md"))
                    .sorted()
                    .map(Page::read)
                    .toList();
        }
    }

    static Regions regions() {
        return new Regions(
                ROOT, ROOT.resolve("docs/src/test"), List.of(ROOT.resolve("examples"), ROOT.resolve("docs/kamelets")));
    }

    /** @param path relative to the project's root */
    static Path file(String path) {
        return ROOT.resolve(path);
    }
}
