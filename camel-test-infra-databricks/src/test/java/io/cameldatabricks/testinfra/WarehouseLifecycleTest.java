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
package io.cameldatabricks.testinfra;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A warehouse is there when it is needed, and gone when nobody needs it, however its users end. */
class WarehouseLifecycleTest {

    private final List<Process> users = new ArrayList<>();

    @AfterEach
    void endUsers() {
        users.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldBeGoneAfterClose() {
        LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(WarehouseOptions.scripted());
        long pid = warehouse.pid();
        assertThat(alive(pid)).isTrue();
        warehouse.close();
        assertThat(alive(pid)).isFalse();
        assertThatThrownBy(warehouse::httpUrl).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldStartAgainAfterClose() {
        LocalWarehouseProcess warehouse = new LocalWarehouseProcess(WarehouseOptions.scripted());
        warehouse.start();
        long first = warehouse.pid();
        warehouse.start();
        assertThat(warehouse.pid()).isEqualTo(first);
        warehouse.close();
        warehouse.close();
        warehouse.start();
        assertThat(warehouse.pid()).isNotEqualTo(first);
        warehouse.close();
    }

    @Test
    void shouldServeAProgramWithoutAnyLibraryAndEndWithItEvenAfterKill() throws IOException {
        Process user = user();
        long warehouse = warehouseOf(user);
        assertThat(alive(warehouse)).isTrue();
        user.destroyForcibly();
        await().atMost(Duration.ofSeconds(60)).until(() -> !alive(warehouse));
    }

    @Test
    void shouldBeSharedByJvmsThatStartAtOnceAndEndAfterTheLast() throws IOException {
        String name = "shared-" + UUID.randomUUID();
        Process first = user(name);
        Process second = user(name);
        long warehouse = warehouseOf(first);
        assertThat(warehouseOf(second)).isEqualTo(warehouse);
        assertThat(warehouseOf(user(name))).isEqualTo(warehouse);
        users.subList(0, 2).forEach(Process::destroyForcibly);
        await().during(Duration.ofSeconds(1)).until(() -> alive(warehouse));
        users.get(2).destroyForcibly();
        await().atMost(Duration.ofSeconds(60)).until(() -> !alive(warehouse));
        assertThat(warehouseOf(user(name))).isNotEqualTo(warehouse);
    }

    @Test
    void shouldReplaceASharedWarehouseThatWasKilled() throws IOException {
        String name = "killed-" + UUID.randomUUID();
        long killed = warehouseOf(user(name));
        ProcessHandle.of(killed).ifPresent(ProcessHandle::destroyForcibly);
        await().until(() -> !alive(killed));
        long next = warehouseOf(user(name));
        assertThat(next).isNotEqualTo(killed);
        assertThat(alive(next)).isTrue();
    }

    @Test
    void shouldKeepOthersFromReadingTheTokenOfASharedWarehouse() throws IOException {
        String name = "private-" + UUID.randomUUID();
        warehouseOf(user(name));
        Path folder =
                Path.of(System.getProperty("java.io.tmpdir"), "camel-databricks-" + System.getProperty("user.name"));
        Path discovery;
        try (Stream<Path> files = Files.list(folder)) {
            discovery = files.filter(file -> file.toString().endsWith(".properties") && contains(file, name))
                    .findFirst()
                    .orElseThrow();
        }
        assertThat(Files.getPosixFilePermissions(discovery))
                .allMatch(permission -> permission.name().startsWith("OWNER"));
        assertThat(Files.getPosixFilePermissions(folder))
                .allMatch(permission -> permission.name().startsWith("OWNER"));
    }

    @Test
    void shouldSayWhereTheLogIsWhenItDoesNotStart() {
        WarehouseOptions broken = WarehouseOptions.scripted().withJvmOptions("-XX:NoSuchFlag=1");
        assertThatThrownBy(() -> LocalWarehouseProcess.start(broken))
                .isInstanceOf(LocalWarehouseException.class)
                .hasMessageContaining("did not start, see ")
                .hasMessageContaining(".log")
                .hasMessageContaining("NoSuchFlag");
    }

    @Test
    void shouldNotShowTheTokenToOthers() {
        String token = "secret-" + UUID.randomUUID();
        WarehouseOptions options = WarehouseOptions.scripted().withToken(token);
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(options)) {
            assertThat(warehouse.token()).isEqualTo(token);
            assertThat(ProcessHandle.of(warehouse.pid()).orElseThrow().info().commandLine())
                    .hasValueSatisfying(line -> assertThat(line).doesNotContain(token));
            assertThat(List.of(
                            options.toString(),
                            warehouse.toString(),
                            warehouse.endpoint().toString()))
                    .noneMatch(text -> text.contains(token));
            assertThat(warehouse.outputFile()).content().doesNotContain(token);
        }
    }

    @Test
    void shouldDeleteItsTemporaryFolder(@TempDir Path folder) throws IOException {
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(workingIn(folder))) {
            assertThat(folder).isDirectoryContaining(path -> belongsTo(path, warehouse.pid()));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldDeleteTheTemporaryFolderOfOneThatWasKilled(@TempDir Path folder) throws IOException {
        long killed;
        try (LocalWarehouseProcess warehouse = LocalWarehouseProcess.start(workingIn(folder))) {
            killed = warehouse.pid();
            ProcessHandle.of(killed).ifPresent(ProcessHandle::destroyForcibly);
            await().until(() -> !alive(killed));
        }
        assertThat(folder).isDirectoryContaining(path -> belongsTo(path, killed));
        LocalWarehouseProcess.start(workingIn(folder)).close();
        assertThat(folder).isEmptyDirectory();
    }

    /** In a folder of its own: each warehouse that starts takes away what killed ones left in the folder that they share. */
    private static WarehouseOptions workingIn(Path folder) {
        return WarehouseOptions.scripted().withJvmOptions("-Djava.io.tmpdir=" + folder, "-XX:-UsePerfData");
    }

    private static boolean belongsTo(Path folder, long pid) {
        return folder.getFileName().toString().startsWith("local-warehouse-" + pid + "-");
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private Process user(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-Dmaven.repo.local=" + System.getProperty("maven.repo.local", ""),
                "-cp",
                place(LocalWarehouseProcess.class) + File.pathSeparator + place(WarehouseUser.class),
                WarehouseUser.class.getName()));
        command.addAll(List.of(arguments));
        Process user = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        users.add(user);
        return user;
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long warehouseOf(Process user) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(user.getInputStream(), StandardCharsets.UTF_8));
        return Long.parseLong(reader.readLine());
    }
}
