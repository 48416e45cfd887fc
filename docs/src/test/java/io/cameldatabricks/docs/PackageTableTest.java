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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of packages on the page of the architecture is that of the code; {@code -Ddocs.update=true} writes it anew. */
class PackageTableTest {

    private static final String ROOT = "io.cameldatabricks.component";
    private static final Path SOURCES =
            Project.file("camel-databricks/src/main/java").resolve(ROOT.replace('.', '/'));
    private static final Path PAGE = Path.of("architecture.adoc");
    private static final String START = "// packages: START\n";
    private static final String END = "// packages: END\n";

    @Test
    void shouldShowThePackagesOfTheCode() throws Exception {
        String page = Files.readString(PAGE);
        int from = page.indexOf(START) + START.length();
        String expected = page.substring(0, from) + table() + page.substring(page.indexOf(END));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(PAGE).hasContent(expected);
    }

    private static String table() throws IOException {
        StringBuilder table = new StringBuilder("[cols=\"2,6,4\"]\n|===\n|Package |What it is |Imports\n\n");
        for (Path folder : rooms()) {
            String name =
                    SOURCES.relativize(folder).toString().replace('/', '.').replace('\\', '.');
            table.append("|`")
                    .append(name)
                    .append("` |")
                    .append(description(folder))
                    .append(" |")
                    .append(String.join(", ", imports(folder, name)))
                    .append('\n');
        }
        return table.append("|===\n").toString();
    }

    private static List<Path> rooms() throws IOException {
        try (Stream<Path> walk = Files.walk(SOURCES)) {
            return walk.filter(folder -> Files.exists(folder.resolve("package-info.java")))
                    .filter(folder -> !folder.equals(SOURCES))
                    .sorted()
                    .toList();
        }
    }

    /** The comment of the package, on one line. */
    private static String description(Path folder) throws IOException {
        Matcher comment = Pattern.compile("/\\*\\*(.*?)\\*/\\s*package", Pattern.DOTALL)
                .matcher(Files.readString(folder.resolve("package-info.java")));
        assertThat(comment.find()).as("a comment of " + folder).isTrue();
        return comment.group(1)
                .replaceAll("(?m)^\\s*\\*", "")
                .replaceAll("\\s+", " ")
                .replaceAll("\\{@(?:link|code)\\s+(?:[a-z]+\\.)*([^}]+)}", "`$1`")
                .replace("|", "\\|")
                .strip();
    }

    /** The other packages that it imports from. */
    private static Set<String> imports(Path folder, String name) throws IOException {
        Set<String> imports = new TreeSet<>();
        Pattern used = Pattern.compile("^import (?:static )?" + ROOT.replace(".", "\\.") + "\\.([a-z.]*[a-z])\\.[A-Z]");
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    Matcher matcher = used.matcher(line);
                    if (matcher.find() && !matcher.group(1).equals(name)) {
                        imports.add(matcher.group(1));
                    }
                }
            }
        }
        return imports;
    }
}
