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
package io.cameldatabricks.benchmarks.crash;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles changed sources of the component, for the class path of a worker. */
final class PatchedClasses {

    private static final String SOURCES = "camel-databricks/src/main/java/io/cameldatabricks/component";

    private PatchedClasses() {}

    /**
     * @param folder for sources and classes
     * @param patches several may change the same file
     * @return folder of the classes, to be put before the component's own
     * @throws IllegalStateException when a text is not found, or the changed source does not compile
     */
    static Path compile(Path folder, List<Patch> patches) {
        try {
            Map<String, String> sources = new LinkedHashMap<>();
            for (Patch patch : patches) {
                String source = sources.get(patch.file());
                if (source == null) {
                    source = Files.readString(checkout().resolve(SOURCES).resolve(patch.file()));
                }
                if (!source.contains(patch.text())) {
                    throw new IllegalStateException(
                            "The text to be changed is not in " + patch.file() + ": " + patch.text());
                }
                sources.put(patch.file(), source.replace(patch.text(), patch.replacement()));
            }
            addNeighbours(sources);
            Path classes = Files.createDirectories(folder.resolve("classes"));
            compile(write(folder.resolve("sources"), sources), classes);
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rest of each package: a constant is copied into the classes that use it, so they have to be compiled again. */
    private static void addNeighbours(Map<String, String> sources) throws IOException {
        Path root = checkout().resolve(SOURCES);
        Set<Path> packages = sources.keySet().stream()
                .map(file -> root.resolve(file).getParent())
                .collect(Collectors.toSet());
        for (Path each : packages) {
            try (Stream<Path> files = Files.list(each)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.putIfAbsent(root.relativize(file).toString(), Files.readString(file));
                }
            }
        }
    }

    /** Sources of the component in which there is a text, as {@link Patch#file()} names them. */
    static List<String> filesWith(String text) {
        Path sources = checkout().resolve(SOURCES);
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> found = new ArrayList<>();
            for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                if (Files.readString(file).contains(text)) {
                    found.add(sources.relativize(file).toString());
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> write(Path folder, Map<String, String> sources) throws IOException {
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, source.getValue());
        }
        return sources.keySet().stream().map(folder::resolve).toList();
    }

    private static void compile(List<Path> files, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("Bugs are planted with a JDK, not with a JRE");
        }
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            messages,
                            manager,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-nowarn",
                                    "--release",
                                    "17",
                                    "-parameters",
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("The changed source does not compile: " + messages);
            }
        }
    }

    /** The checkout that this was started from. */
    static Path checkout() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(SOURCES))) {
                return folder;
            }
        }
        throw new IllegalStateException("The sources of the component are needed: start this in a checkout");
    }
}
