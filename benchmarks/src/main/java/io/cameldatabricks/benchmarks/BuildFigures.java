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
package io.cameldatabricks.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.cameldatabricks.benchmarks.Figure.Measurement;

import static io.cameldatabricks.benchmarks.Benchmarks.number;

/**
 * The README's two commands in a fresh clone of this checkout: cold with an empty local Maven repository, warm right after.
 * They need git and mvn on the path and a registry to download from.
 */
final class BuildFigures {

    private static final Pattern TESTS = Pattern.compile(" tests=\"(\\d+)\"");

    private BuildFigures() {}

    static List<Figure> all() {
        return List.of(
                new Figure(
                        "quickstart-cold",
                        "mvn -q -Drun=quickstart in a fresh clone, empty local repository",
                        "ends with the right answers",
                        () -> cold(List.of("-q", "-Drun=quickstart"))),
                new Figure(
                        "verify-cold",
                        "mvn verify in a fresh clone, empty local repository",
                        "<= 900 s",
                        () -> cold(List.of("verify"))),
                new Figure(
                        "download-megabytes",
                        "what mvn verify downloads into an empty local repository",
                        "none",
                        BuildFigures::downloads),
                new Figure("tests-run", "tests that mvn verify runs", "none", BuildFigures::testsRun));
    }

    private static Measurement cold(List<String> command) throws Exception {
        try (Clone clone = new Clone()) {
            double cold = clone.maven(command);
            double warm = clone.maven(command);
            System.out.printf("local repository afterwards: %s MB%n", number(clone.repositoryMegabytes()));
            return new Measurement(cold, "s", number(warm) + " s warm");
        }
    }

    private static Measurement downloads() throws Exception {
        try (Clone clone = new Clone()) {
            clone.maven(List.of("-q", "-Drun=quickstart"));
            double quickstart = clone.repositoryMegabytes();
            clone.maven(List.of("verify"));
            return new Measurement(
                    clone.repositoryMegabytes(), "MB", number(quickstart) + " MB for the quickstart alone");
        }
    }

    private static Measurement testsRun() throws Exception {
        try (Clone clone = new Clone()) {
            double seconds = clone.maven(List.of(
                    "verify",
                    "-Dmaven.repo.local="
                            + System.getProperty(
                                    "maven.repo.local",
                                    Path.of(System.getProperty("user.home"), ".m2", "repository")
                                            .toString())));
            return new Measurement(
                    clone.tests(), "tests", "in " + number(seconds) + " s with a filled local repository");
        }
    }

    private static final class Clone implements AutoCloseable {
        private final Path folder = Files.createTempDirectory("fresh-clone-");
        private final Path checkout = folder.resolve("checkout");
        private final Path repository = Files.createDirectories(folder.resolve("m2"));

        Clone() throws Exception {
            run(Path.of("").toAbsolutePath(), List.of("git", "clone", "-q", ".", checkout.toString()));
        }

        double maven(List<String> arguments) throws Exception {
            List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-Dmaven.repo.local=" + repository));
            command.addAll(arguments);
            long start = System.nanoTime();
            run(checkout, command);
            return (System.nanoTime() - start) / 1e9;
        }

        double repositoryMegabytes() throws IOException {
            try (Stream<Path> files = Files.walk(repository)) {
                return files.filter(Files::isRegularFile)
                                .mapToLong(file -> file.toFile().length())
                                .sum()
                        / 1e6;
            }
        }

        int tests() throws IOException {
            try (Stream<Path> files = Files.walk(checkout)) {
                int tests = 0;
                for (Path report : files.filter(file -> file.toString().contains("surefire-reports")
                                && file.getFileName().toString().startsWith("TEST-"))
                        .toList()) {
                    Matcher matcher = TESTS.matcher(Files.readString(report));
                    if (matcher.find()) {
                        tests += Integer.parseInt(matcher.group(1));
                    }
                }
                return tests;
            }
        }

        private static void run(Path directory, List<String> command) throws Exception {
            int status = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with status " + status);
            }
        }

        @Override
        public void close() throws IOException {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
