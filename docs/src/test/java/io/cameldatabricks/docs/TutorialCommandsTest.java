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
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.docs.page.Block;
import io.cameldatabricks.docs.page.Page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Goes through the tutorial as a newcomer does: a fresh copy of the sources, the files that the page shows, its commands in a
 * shell, three terminals and all. What the commands print is what the page says, and nothing else.
 *
 * <p>{@code mvn install} is one of these commands, so that this runs only with a local Maven repository to throw away,
 * {@code -Dmaven.repo.local}; see CONTRIBUTING.md.
 */
@Tag("soak")
class TutorialCommandsTest {

    /** Spark has the cores to itself on no machine, and Maven may download. */
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private static final String STATEMENT_ID = "[0-9a-f-]{36}";
    private static final Set<String> NOT_SOURCES = Set.of("target", ".git", "node_modules");

    @TempDir
    Path folder;

    private final Deque<Process> terminals = new ArrayDeque<>();
    private final Page page = Page.read(Project.file("docs/tutorial.adoc"));

    @AfterEach
    void closeTerminals() throws Exception {
        while (!terminals.isEmpty()) {
            pressCtrlC();
        }
    }

    @Test
    void shouldEndWithTheReport() throws Exception {
        assumeTrue(
                isToBeThrownAway(System.getProperty("maven.repo.local")),
                "needs a local Maven repository to install into: -Dmaven.repo.local=...");
        Path sources = copySources(folder.resolve("camel-databricks"));
        assertThat(run(sources, command("install"))).isEmpty();
        Path warehouse = open(sources, command("warehouse"));
        awaitPrinted(warehouse, "DATABRICKS_HOST=http://127.0.0.1:8081");
        run(folder, command("folders").replaceAll("(?m)^cd .*$", ""));
        Path project = folder.resolve("reports");
        writeFiles(project);

        assertThat(run(project, command("hello")))
                .singleElement(STRING)
                .matches("INFO route1 - \\[\\{greeting=Hello, Databricks, day=\\d{4}-\\d\\d-\\d\\d}]");

        Path first = open(project, command("reports"));
        await().atMost(PATIENCE).until(() -> Files.isDirectory(project.resolve("requests")));
        run(project, command("small"));
        awaitPrinted(first, "has arrived");
        assertPrinted(first, submitted("small"), "INFO route2 - report small has arrived, delivery 1");
        assertThat(run(project, command("show-small"))).containsExactly("report,pairs", "small,1078");
        pressCtrlC();

        Path properties = project.resolve("src/main/resources/application.properties");
        Files.writeString(properties, Files.readString(properties) + "\n" + text("durable.properties"));
        Path second = open(project, command("reports"));
        await().atMost(PATIENCE).until(() -> Files.exists(project.resolve("databricks-handles")));
        run(project, command("large"));
        awaitPrinted(second, "submitted as");
        run(project, command("kill"));
        assertThat(terminals.pop().waitFor()).as("killed").isNotZero();
        assertPrinted(second, submitted("large"), "(?s:.*Killed.*)?");

        Path third = open(project, command("reports"));
        awaitPrinted(third, "has arrived");
        assertPrinted(third, "INFO route2 - report large has arrived, delivery 1");
        assertThat(run(project, command("show-large"))).containsExactly("report,pairs", "large,400368");
    }

    private static String submitted(String report) {
        return "INFO route1 - submit " + report + "\\.txt\nINFO route1 - submitted as " + STATEMENT_ID;
    }

    private static void awaitPrinted(Path printed, String text) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(printed).content().contains(text));
    }

    /** Exactly so, each a pattern of one or more lines. */
    private static void assertPrinted(Path printed, String... patterns) throws IOException {
        assertThat(String.join("\n", lines(printed))).matches(String.join("\n?", patterns));
    }

    /** Without the colours that Maven leaves behind. */
    private static List<String> lines(Path printed) throws IOException {
        return Files.readString(printed)
                .replaceAll("\u001b\\[[0-9;]*m", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static boolean isToBeThrownAway(String repository) {
        Path usual = Path.of(System.getProperty("user.home"), ".m2", "repository");
        return repository != null && !Path.of(repository).toAbsolutePath().equals(usual.toAbsolutePath());
    }

    /** As a fresh clone: nothing that was built. */
    private static Path copySources(Path copy) throws IOException {
        Files.walkFileTree(Project.ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                if (NOT_SOURCES.contains(from.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(copy.resolve(Project.ROOT.relativize(from)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                if (!NOT_SOURCES.contains(from.getFileName().toString())) {
                    Files.copy(from, copy.resolve(Project.ROOT.relativize(from)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return copy;
    }

    /** Each block that comes from the example's folder, under the name that the page gives it. */
    private void writeFiles(Path project) throws Exception {
        int written = 0;
        for (Block block : page.blocks()) {
            if (block.source() != null && block.source().startsWith("examples/tutorial/")) {
                Path file = project.resolve(block.source().substring("examples/tutorial/".length()));
                assertThat(Files.readString(page.path())).contains("`" + project.relativize(file) + "`");
                Files.writeString(file, String.join("\n", block.text()) + "\n");
                written++;
            }
        }
        assertThat(written).isEqualTo(6);
    }

    private String command(String name) {
        return text("tutorial.sh#" + name);
    }

    private String text(String source) {
        return page.blocks().stream()
                .filter(block -> source.equals(block.source()))
                .map(block -> String.join("\n", block.text()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The page does not show " + source));
    }

    /** In a terminal of its own, which stays open. */
    private Path open(Path where, String command) throws Exception {
        Path printed = Files.createTempFile(folder, "terminal", ".txt");
        terminals.push(shell(where, command, printed));
        return printed;
    }

    /** In the terminal that was opened last: ends all that runs there, and waits until it has. */
    private void pressCtrlC() throws Exception {
        Process terminal = terminals.pop();
        List<ProcessHandle> running = terminal.descendants().toList();
        running.forEach(ProcessHandle::destroy);
        for (ProcessHandle process : running) {
            process.onExit().get(1, TimeUnit.MINUTES);
        }
        terminal.destroyForcibly().waitFor();
    }

    /** @return the lines that it printed */
    private List<String> run(Path where, String command) throws Exception {
        Path printed = Files.createTempFile(folder, "command", ".txt");
        int exit = shell(where, command, printed).waitFor();
        assertThat(exit).as(() -> command + ": " + content(printed)).isZero();
        return lines(printed);
    }

    private static String content(Path printed) {
        try {
            return Files.readString(printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process shell(Path where, String command, Path printed) throws Exception {
        // not as an argument: the command that kills finds processes by their arguments
        Path script = Files.writeString(Files.createTempFile(folder, "tutorial", ".sh"), command);
        ProcessBuilder shell = new ProcessBuilder("bash", script.toString())
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(printed.toFile()));
        shell.environment().put("MAVEN_OPTS", "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"));
        List.of("DATABRICKS_HOST", "DATABRICKS_WAREHOUSE_ID", "DATABRICKS_TOKEN")
                .forEach(shell.environment()::remove);
        return shell.start();
    }
}
