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
package io.cameldatabricks.testinfra.server.engine.spark.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.Metastore;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.MetastoreVolumes;
import io.cameldatabricks.testinfra.server.volume.VolumePath;

/** Finds the files that a COPY INTO names. Files whose names begin with an underscore or a dot are nobody's data. */
final class CopySource {

    private static final int MOST_FILES = 1000;
    private static final Pattern CLOUD = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://.*");
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

    private final String source;
    private final Metastore metastore;

    CopySource(String source, Metastore metastore) {
        this.source = source.endsWith("/") && source.length() > 1 ? source.substring(0, source.length() - 1) : source;
        this.metastore = metastore;
    }

    /** @return the files in the order of their names */
    List<CopyFile> files(List<String> names, String pattern) {
        if (CLOUD.matcher(source).matches()) {
            throw LocalFailure.unsupported("COPY INTO from cloud storage");
        }
        if (!names.isEmpty()) {
            return named(names);
        }
        String fixed = source;
        String wildcards = pattern;
        if (WILDCARD.matcher(source).find() && !Files.exists(Path.of(local(source, source)))) {
            int slash = source.substring(0, firstWildcard()).lastIndexOf('/');
            fixed = source.substring(0, slash);
            String below = source.substring(slash + 1);
            wildcards = pattern == null ? "{" + below + "," + below + "/**}" : below + "/" + pattern;
        }
        return below(fixed, wildcards);
    }

    private int firstWildcard() {
        var matcher = WILDCARD.matcher(source);
        return matcher.find() ? matcher.start() : source.length();
    }

    private List<CopyFile> named(List<String> names) {
        if (names.size() > MOST_FILES) {
            throw LocalFailure.of("COPY_INTO_SYNTAX_ERROR", "42601", "FILES takes " + MOST_FILES + " files at most.");
        }
        List<CopyFile> files = new ArrayList<>();
        for (String name : names) {
            String full = source + "/" + name;
            Path place = Path.of(local(full, full));
            if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
                throw LocalFailure.pathNotFound(full);
            }
            files.add(file(full, place));
        }
        return files.stream().distinct().toList();
    }

    private List<CopyFile> below(String path, String pattern) {
        Path root = Path.of(local(path, source));
        if (!Files.exists(root)) {
            throw LocalFailure.pathNotFound(source);
        }
        if (Files.isRegularFile(root)) {
            return List.of(file(path, root));
        }
        PathMatcher wanted = matcher(pattern);
        List<CopyFile> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return !directory.equals(root) && isHidden(directory)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    Path below = root.relativize(file);
                    if (attributes.isRegularFile() && !isHidden(file) && wanted.matches(below)) {
                        files.add(file(path + "/" + below, file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.sort(Comparator.comparing(CopyFile::name));
        return files;
    }

    /** Like Hadoop's wildcards, where a caret negates. */
    private static PathMatcher matcher(String pattern) {
        if (pattern == null) {
            return path -> true;
        }
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern.replace("[^", "[!"));
        } catch (PatternSyntaxException e) {
            throw CopyErrors.syntax("PATTERN", "PATTERN is not a pattern: " + e.getDescription() + ".");
        }
    }

    private static boolean isHidden(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") || name.startsWith("_") && name.indexOf('=') < 0;
    }

    private String local(String path, String shown) {
        String local = metastore.volumeFolders().localPath(path);
        if (local.startsWith("file:")) {
            return local.substring("file:".length()).replaceFirst("^/+", "/");
        }
        if (local.startsWith("dbfs:")
                || !local.startsWith("/") && !Path.of(local).isAbsolute()) {
            throw LocalFailure.pathNotFound(shown);
        }
        return local;
    }

    /** Names of catalogs, schemas and volumes come in any case and with or without a scheme; each file has one name. */
    private static CopyFile file(String path, Path place) {
        try {
            String name = VolumePath.isOne(path) ? VolumePath.parse(path).toString() : place.toString();
            return new CopyFile(name, place.toString());
        } catch (io.cameldatabricks.testinfra.server.volume.VolumeException e) {
            throw MetastoreVolumes.failure(path, e);
        }
    }
}
