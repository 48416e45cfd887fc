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

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.docs.page.Block;
import io.cameldatabricks.docs.page.Page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Goes through the tutorial as a newcomer does: writes the files that the page shows, runs its commands in a shell, three
 * terminals and all. The component comes from the local Maven repository ({@code -Dmaven.repo.local}), so that this needs
 * {@code mvn install} before.
 */
@Tag("soak")
class TutorialCommandsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private final List<Process> terminals = new ArrayList<>();
    private final Page page = Page.read(Project.file("docs/tutorial.adoc"));

    @AfterEach
    void closeTerminals() {
        terminals.forEach(terminal -> {
            terminal.descendants().forEach(ProcessHandle::destroyForcibly);
            terminal.destroyForcibly();
        });
    }

    @Test
    void shouldEndWithTheReport() throws Exception {
        Path warehouse = open(Project.ROOT, command("warehouse"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(warehouse).content().contains("DATABRICKS_HOST"));
        run(folder, command("folders").replaceAll("(?m)^cd .*$", ""));
        Path project = folder.resolve("reports");
        writeFiles(project);

        assertThat(run(project, command("hello"))).contains("greeting=Hello, Databricks");

        Path first = open(project, command("reports"));
        awaitFolder(project.resolve("requests"));
        run(project, command("small"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(first).content().contains("report small has arrived"));
        assertThat(run(project, command("show-small"))).startsWith("report,pairs\nsmall,");
        terminals.get(1).descendants().forEach(ProcessHandle::destroy);
        terminals.get(1).waitFor(1, TimeUnit.MINUTES);

        Path properties = project.resolve("src/main/resources/application.properties");
        Files.writeString(properties, Files.readString(properties) + "\n" + text("durable.properties"));
        Path second = open(project, command("reports"));
        await().atMost(PATIENCE).until(() -> Files.exists(project.resolve("databricks-handles")));
        run(project, command("large"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(second).content().contains("submitted as"));
        run(project, command("kill"));
        assertThat(second).content().doesNotContain("report large has arrived");

        Path third = open(project, command("reports"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(third).content().contains("report large has arrived, delivery 1"));
        assertThat(third).content().doesNotContain("submit large");
        assertThat(run(project, command("show-large"))).startsWith("report,pairs\nlarge,");
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

    private static void awaitFolder(Path requests) {
        await().atMost(PATIENCE).until(() -> Files.isDirectory(requests));
    }

    /** In a terminal of its own, which stays open. */
    private Path open(Path where, String command) throws Exception {
        Path printed = Files.createTempFile(folder, "terminal", ".txt");
        terminals.add(shell(where, command, printed));
        return printed;
    }

    private String run(Path where, String command) throws Exception {
        Path printed = Files.createTempFile(folder, "command", ".txt");
        assertThat(shell(where, command, printed).waitFor())
                .as(Files.readString(printed))
                .isZero();
        return Files.readString(printed);
    }

    private static Process shell(Path where, String command, Path printed) throws Exception {
        // not as an argument: the command that kills finds processes by their arguments
        Path script = Files.writeString(Files.createTempFile("tutorial", ".sh"), command);
        ProcessBuilder shell = new ProcessBuilder("bash", script.toString())
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(printed.toString())));
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            shell.environment().put("MAVEN_OPTS", "-Dmaven.repo.local=" + repository);
        }
        List.of("DATABRICKS_HOST", "DATABRICKS_WAREHOUSE_ID", "DATABRICKS_TOKEN")
                .forEach(shell.environment()::remove);
        return shell.start();
    }
}
