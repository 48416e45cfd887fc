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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseStatement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a newcomer sees in the tutorial: its programs, compiled from the sources that its page shows, each in a process of its
 * own, with a kill in the middle. {@code TutorialCommandsTest} does the same with the commands of the page.
 */
@Timeout(180)
class TutorialTest {

    private static final Path TUTORIAL = Project.file("examples/tutorial");

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
    private Path classes;

    @BeforeEach
    void compile() throws Exception {
        classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
        copy(TUTORIAL.resolve("src/main/resources"), classes);
        try (Stream<Path> sources = Files.walk(TUTORIAL.resolve("src/main/java"))) {
            sources.filter(Files::isRegularFile).forEach(file -> arguments.add(file.toString()));
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        warehouse.clearScripts();
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldPrintTheFirstRow() throws Exception {
        warehouse.script(Script.matching("SELECT concat.*")
                .column("greeting", "STRING")
                .column("day", "DATE")
                .row("Hello, Databricks", "2026-11-21"));

        Process hello = start("Hello");

        assertThat(hello.waitFor()).isZero();
        assertThat(folder.resolve("printed.txt")).content().contains("[{greeting=Hello, Databricks, day=2026-11-21}]");
    }

    @Test
    void shouldReceiveTheReportOfAKilledProgram() throws Exception {
        warehouse.script(Script.matching("-- pairs.*")
                .takes(Duration.ofMinutes(5))
                .column("report", "STRING")
                .column("pairs", "BIGINT")
                .row("large", 3_600_000));
        Path properties = classes.resolve("application.properties");
        Files.writeString(
                properties,
                Files.readString(properties)
                        + Files.readString(Path.of("src", "test", "resources", "snippets", "durable.properties")));

        Process first = start("Reports");
        Files.createDirectories(folder.resolve("requests"));
        Path request = folder.resolve("large.part");
        Files.writeString(request, "60000\n");
        Files.move(request, folder.resolve("requests/large.txt"));
        awaitPrinted("submitted as");
        first.destroyForcibly().waitFor();

        warehouse.advanceClock(Duration.ofMinutes(6));
        start("Reports");
        awaitPrinted("report large has arrived, delivery 1");

        assertThat(folder.resolve("reports/large.csv")).hasContent("report,pairs\nlarge,3600000\n");
        assertThat(warehouse.statements())
                .extracting(WarehouseStatement::sql)
                .filteredOn(sql -> sql.contains("CROSS JOIN"))
                .hasSize(1);
    }

    private Process start(String program) throws IOException {
        Path log = folder.resolve("log4j2.properties");
        Files.writeString(log, """
                appender.out.type = Console
                appender.out.name = out
                appender.out.layout.type = PatternLayout
                appender.out.layout.pattern = %p %c{1} - %m%n
                rootLogger.level = warn
                rootLogger.appenderRef.out.ref = out
                logger.route.name = route
                logger.route.level = info
                logger.routes.name = route1
                logger.routes.level = info
                logger.deliveries.name = route2
                logger.deliveries.level = info
                """);
        ProcessBuilder command = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-Dlog4j2.configurationFile=" + log,
                        "-cp",
                        classPath(),
                        "com.example.reports." + program)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("printed.txt").toFile()));
        command.environment().putAll(warehouse.environment());
        Process process = command.start();
        started.add(process);
        return process;
    }

    /** Of Camel's jars only those that the tutorial's project has. */
    private String classPath() {
        Predicate<String> wanted = Pattern.compile(
                        "org.apache.camel.camel-"
                                + "(api|support|util|util-json|base|base-engine|core-engine|core-model|core-processor|core-reifier"
                                + "|core-languages|main|health|timer|log|file|cluster|management-api|xml-jaxp-util|xml-io-util).\\d")
                .asPredicate();
        String separator = System.getProperty("path.separator");
        return classes
                + separator
                + Stream.of(System.getProperty("java.class.path").split(separator))
                        .filter(entry -> !entry.replace('\\', '/').contains("org/apache/camel/") || wanted.test(entry))
                        .collect(Collectors.joining(separator));
    }

    private void awaitPrinted(String text) {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() ->
                        assertThat(folder.resolve("printed.txt")).content().contains(text));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    Path target = to.resolve(from.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
