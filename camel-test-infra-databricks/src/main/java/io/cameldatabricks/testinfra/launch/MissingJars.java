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
package io.cameldatabricks.testinfra.launch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import io.cameldatabricks.testinfra.LocalWarehouseException;

/** Fetches jars into the local repository with the Maven that is installed, and so with the user's own mirrors. */
final class MissingJars {

    private static final String GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:resolve";

    private MissingJars() {}

    /**
     * @param paths relative to the repository, in its layout
     * @param mavenOptions more options for Maven
     * @throws LocalWarehouseException when Maven is not there or fails
     */
    static void fetch(Path repository, List<String> paths, String... mavenOptions) {
        String advice = "The local warehouse needs " + paths.size() + " jars that are not in " + repository
                + ", such as " + paths.get(0) + "; ";
        Path maven = findMaven();
        if (maven == null) {
            throw new LocalWarehouseException(advice + "put mvn on the PATH, or download them another way.");
        }
        Path output = OutputFiles.create("maven");
        try {
            int exit = run(maven, repository, pom(paths), output, mavenOptions);
            if (exit != 0) {
                throw new LocalWarehouseException(advice + "mvn could not fetch them, see " + output + ".");
            }
        } catch (IOException e) {
            throw new LocalWarehouseException(advice + "mvn could not be run: " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalWarehouseException(advice + "fetching them was interrupted.", e);
        }
    }

    private static int run(Path maven, Path repository, String project, Path output, String... options)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("local-warehouse-jars-");
        Path pom = folder.resolve("pom.xml");
        try {
            Files.writeString(pom, project, StandardCharsets.UTF_8);
            List<String> command = new ArrayList<>(
                    List.of(maven.toString(), "-q", "-B", "-f", pom.toString(), "-Dmaven.repo.local=" + repository));
            command.addAll(List.of(options));
            command.add(GOAL);
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(15, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } finally {
            Files.deleteIfExists(pom);
            Files.deleteIfExists(folder);
        }
    }

    private static Path findMaven() {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        String path = System.getenv().getOrDefault("PATH", "");
        List<String> folders = new ArrayList<>(List.of(path.split(File.pathSeparator)));
        String home = System.getProperty("maven.home", "");
        if (!home.isEmpty()) {
            folders.add(0, home + File.separator + "bin");
        }
        for (String folder : folders) {
            Path candidate = Path.of(folder, windows ? "mvn.cmd" : "mvn");
            if (!folder.isEmpty() && Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /** A project that depends on just these jars and not on what they depend on. */
    static String pom(List<String> paths) {
        StringBuilder pom = new StringBuilder("""
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>io.cameldatabricks.fetch</groupId>
                  <artifactId>local-warehouse-jars</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <dependencies>
                """);
        for (String path : paths) {
            String[] parts = path.split("/");
            String version = parts[parts.length - 2];
            String artifact = parts[parts.length - 3];
            String group = String.join(".", List.of(parts).subList(0, parts.length - 3));
            String file = parts[parts.length - 1];
            String rest = file.substring((artifact + "-" + version).length(), file.length() - ".jar".length());
            pom.append("    <dependency><groupId>").append(group);
            pom.append("</groupId><artifactId>").append(artifact);
            pom.append("</artifactId><version>").append(version).append("</version>");
            if (!rest.isEmpty()) {
                pom.append("<classifier>").append(rest.substring(1)).append("</classifier>");
            }
            pom.append(
                    "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>");
            pom.append("</dependency>\n");
        }
        return pom.append("  </dependencies>\n</project>\n").toString();
    }
}
