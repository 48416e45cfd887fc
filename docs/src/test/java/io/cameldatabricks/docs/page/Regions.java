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
package io.cameldatabricks.docs.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The regions of source files that pages show: the lines between {@code tag::name[]} and {@code end::name[]}, each in a
 * comment of the file's language, without their common indentation. {@code File.java#name} is a file in the tests of the
 * docs, by its name; {@code examples/a/B.java#name} one of the project, by its path; without {@code #name} the whole file.
 */
public final class Regions {

    private static final Pattern TAG =
            Pattern.compile("\\s*(?://|#|--|<!--)\\s*(tag|end)::([\\w-]+)\\[](?:\\s*-->)?\\s*");

    private final Path root;
    /** {@code File.java#name}, or {@code examples/...#name}, to its lines. */
    private final Map<String, List<String>> regions = new TreeMap<>();

    private final Map<String, Path> files = new HashMap<>();

    /**
     * @param root of the project
     * @param tests folder whose files are named by their name alone
     * @param others folders whose files are named by their path in the project
     */
    public Regions(Path root, Path tests, List<Path> others) {
        this.root = root;
        for (Path file : files(tests)) {
            Path twin = files.put(file.getFileName().toString(), file);
            if (twin != null && (!lines(twin).equals(lines(file)))) {
                throw new IllegalStateException("Two files of one name: " + twin + ", " + file);
            }
            read(file.getFileName().toString(), file);
        }
        for (Path folder : others) {
            files(folder).forEach(file -> read(root.relativize(file).toString().replace('\\', '/'), file));
        }
    }

    /** The names of all regions. */
    List<String> names() {
        return List.copyOf(regions.keySet());
    }

    /** @return null where there is none of this name */
    List<String> text(String name) {
        List<String> region = regions.get(name);
        if (region != null || name.contains("#")) {
            return region;
        }
        Path file = name.contains("/") ? root.resolve(name) : files.get(name);
        return file == null || !Files.exists(file)
                ? null
                : dedented(lines(file).stream()
                        .filter(line -> !TAG.matcher(line).matches())
                        .toList());
    }

    private void read(String name, Path file) {
        Map<String, List<String>> open = new HashMap<>();
        for (String line : lines(file)) {
            Matcher tag = TAG.matcher(line);
            if (!tag.matches()) {
                open.values().forEach(region -> region.add(line));
            } else if (tag.group(1).equals("tag")) {
                open.put(tag.group(2), new ArrayList<>());
            } else {
                List<String> region = open.remove(tag.group(2));
                if (region == null || regions.put(name + "#" + tag.group(2), dedented(region)) != null) {
                    throw new IllegalStateException(file + ": the end of region " + tag.group(2) + " is one too many");
                }
            }
        }
        if (!open.isEmpty()) {
            throw new IllegalStateException(file + ": regions without an end: " + open.keySet());
        }
    }

    private static List<String> dedented(List<String> lines) {
        int indentation = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return lines.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indentation))
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is no text", e);
        }
    }

    /** The Java files below a folder. */
    public static List<Path> javaFiles(Path folder) {
        return files(folder).stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(java|xml|yaml|properties|sql|sh)"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .filter(file -> !folder.relativize(file).toString().matches("(.*[/\\\\])?target[/\\\\].*"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
