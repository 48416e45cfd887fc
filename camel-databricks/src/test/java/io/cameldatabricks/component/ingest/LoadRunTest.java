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
package io.cameldatabricks.component.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.volume.Contents;
import io.cameldatabricks.component.volume.VolumePath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoadRunTest {

    private static final TableName TABLE = TableName.parse("main.t");
    private static final VolumePath STAGING = VolumePath.parse("/Volumes/main/default/landing/in");
    private static final byte[] BYTES = "{\"id\":1}\n".getBytes(StandardCharsets.UTF_8);

    private final LoadWorld world = new LoadWorld(new Random(1), 0);

    private static LoadSettings settings(StagedFile stagedFile) {
        return new LoadSettings(
                STAGING,
                FileFormat.JSON,
                Map.of(),
                Map.of(),
                null,
                new IngestSettings(null, null, 1000, OnBadRow.FAIL, 10, 3),
                stagedFile,
                stagedFile == StagedFile.MOVE ? VolumePath.parse("/Volumes/main/default/landing/done") : null);
    }

    private static LoadRun run(LoadWorld world, LoadSource source, LoadKey key, StagedFile stagedFile) {
        return new LoadRun(TABLE, settings(stagedFile), source, key, world, world, new Random(2));
    }

    private static LoadSource file(byte[] bytes) {
        return new LoadSource.File(Contents.of(bytes), null);
    }

    private static LoadSource rows(int count) {
        return new LoadSource.Rows(RowSource.of(IntStream.range(0, count)
                .<Map<String, Object>>mapToObj(i -> Map.of("id", i))
                .toList()));
    }

    /** One of two nodes that got the same message; each call does one step. */
    private static final class Node {
        private final LoadWorld world;
        private final LoadKey key;
        private final StagedFile stagedFile;
        private LoadRun run;
        private LoadRun.Next next = LoadRun.Next.STAGE;
        private int succeeded;

        Node(LoadWorld world, LoadKey key, StagedFile stagedFile) {
            this.world = world;
            this.key = key;
            this.stagedFile = stagedFile;
        }

        void step() {
            if (run == null) {
                run = run(world, file(BYTES), key, stagedFile);
                next = LoadRun.Next.STAGE;
            }
            try {
                switch (next) {
                    case STAGE -> {
                        run.stage(Runnable::run).toCompletableFuture().join();
                        next = LoadRun.Next.ADVANCE;
                    }
                    case ADVANCE -> next = run.advance().next();
                    case NOTHING -> {
                        run.settle(null).toCompletableFuture().join();
                        succeeded++;
                        run = null;
                    }
                }
            } catch (CompletionException e) {
                giveUp(e.getCause());
            } catch (RuntimeException e) {
                giveUp(e);
            }
        }

        private void giveUp(Throwable failure) {
            assertThat(run.meant(failure)).isInstanceOf(TransientDatabricksException.class);
            run.settle(failure).toCompletableFuture().join();
            // the broker sends the message again
            run = null;
        }
    }

    @ParameterizedTest
    @EnumSource(StagedFile.class)
    void shouldLoadOnceWhateverIsLostAndHoweverTwoNodesInterleave(StagedFile stagedFile) {
        for (int seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            LoadWorld troubled = new LoadWorld(random, 2 + random.nextInt(6));
            LoadKey key = random.nextBoolean() ? LoadKey.ofContents() : LoadKey.of("message 7");
            List<Node> nodes = List.of(new Node(troubled, key, stagedFile), new Node(troubled, key, stagedFile));
            while (nodes.stream().anyMatch(node -> node.succeeded < 2) || troubled.hasDelayed()) {
                nodes.get(random.nextInt(2)).step();
                if (random.nextInt(5) == 0) {
                    troubled.deliverDelayed();
                }
            }
            assertThat(troubled.bytesLoaded).as("seed " + seed).isEqualTo(BYTES.length);
        }
    }

    @Test
    void shouldNameAFileByWhatItHolds() {
        assertThat(staged(file(BYTES), LoadKey.ofContents()))
                .isEqualTo(staged(file(BYTES.clone()), LoadKey.ofContents()));
        assertThat(staged(file(BYTES), LoadKey.ofContents()))
                .isEqualTo(staged(
                        new LoadSource.File(Contents.once(new ByteArrayInputStream(BYTES)), null),
                        LoadKey.ofContents()))
                .isNotEqualTo(staged(file(new byte[] {1}), LoadKey.ofContents()))
                .startsWith(STAGING + "/camel-")
                .endsWith(".json");
        assertThat(staged(file(BYTES), LoadKey.of("a")))
                .isEqualTo(staged(file(new byte[] {1}), LoadKey.of("a")))
                .isNotEqualTo(staged(file(BYTES), LoadKey.of("b")))
                .isNotEqualTo(staged(file(BYTES), LoadKey.ofContents()));
        assertThat(staged(file(BYTES), LoadKey.of("../../x'; DROP TABLE t")))
                .matches(STAGING + "/camel-[0-9a-f]{64}\\.json");
        assertThat(LoadKey.of("secret")).hasToString("LoadKey[given]");
    }

    @Test
    void shouldNameRowsByTheirValuesWhateverTheOrderOfTheirColumns() {
        LoadSource one = new LoadSource.Rows(RowSource.of(List.of(new java.util.TreeMap<>(Map.of("a", 1, "b", 2)))));
        java.util.LinkedHashMap<String, Object> turned = new java.util.LinkedHashMap<>();
        turned.put("b", 2);
        turned.put("a", 1);
        LoadSource other = new LoadSource.Rows(RowSource.of(List.of(turned)));

        assertThat(staged(one, LoadKey.ofContents())).isEqualTo(staged(other, LoadKey.ofContents()));
    }

    private static String staged(LoadSource source, LoadKey key) {
        LoadWorld world = new LoadWorld(new Random(1), 0);
        run(world, source, key, StagedFile.KEEP)
                .stage(Runnable::run)
                .toCompletableFuture()
                .join();
        return world.files.keySet().iterator().next();
    }

    @Test
    void shouldRefuseContentsThatChangeBetweenTheirNameAndTheirUpload() {
        Contents changing = new Contents() {
            private byte opened;

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(new byte[] {opened++});
            }

            @Override
            public long length() {
                return 1;
            }

            @Override
            public boolean isRepeatable() {
                return true;
            }
        };
        LoadRun run = run(world, new LoadSource.File(changing, null), LoadKey.ofContents(), StagedFile.KEEP);

        assertThatThrownBy(() -> run.stage(Runnable::run).toCompletableFuture().join())
                .hasRootCauseMessage("The contents have changed since they were read first");
        assertThat(world.files).isEmpty();
    }

    @Test
    void shouldSayWhatAFailureMeans() {
        SubmitOutcomeUnknownException unknown = new SubmitOutcomeUnknownException("lost", ErrorDetails.none(), null);
        TransientDatabricksException passing = new TransientDatabricksException("busy", ErrorDetails.none(), null);
        LoadSource once = new LoadSource.File(Contents.once(new ByteArrayInputStream(BYTES)), null);

        assertThat(run(world, file(BYTES), LoadKey.ofContents(), StagedFile.KEEP)
                        .meant(unknown))
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessage("lost; no row is loaded twice when the message is sent again");
        assertThat(run(world, file(BYTES), LoadKey.ofOnce("x"), StagedFile.KEEP).meant(unknown))
                .isSameAs(unknown);
        assertThat(run(world, once, LoadKey.ofContents(), StagedFile.KEEP).meant(passing))
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("can be read only once");
        IOException other = new IOException("x");
        assertThat(run(world, once, LoadKey.ofContents(), StagedFile.KEEP).meant(other))
                .isSameAs(other);
    }

    @Test
    void shouldReadRowsThatAreMoreThanMemoryHolds() {
        Iterator<Map<String, Object>> rows = IntStream.range(0, 200_000)
                .<Map<String, Object>>mapToObj(i -> Map.of("id", i))
                .iterator();
        List<String> ended = new ArrayList<>();
        LoadRun run = run(
                world,
                new LoadSource.Rows(RowSource.once(rows, () -> ended.add("closed"))),
                LoadKey.ofContents(),
                StagedFile.DELETE);

        run.stage(Runnable::run).toCompletableFuture().join();
        assertThat(run.advance()).isEqualTo(new LoadRun.Step(LoadRun.Next.NOTHING, Duration.ZERO));
        run.settle(null).toCompletableFuture().join();

        assertThat(ended).containsExactly("closed");
        assertThat(run.report().rows().rowsRead()).isEqualTo(200_000);
        assertThat(world.files).isEmpty();
        assertThat(world.statements).hasSize(2);
        assertThat(world.statements.get(0))
                .isEqualTo("SELECT typeof(`camel_target`.`id`) FROM (SELECT 1) AS `camel_one` LEFT JOIN `main`.`t` AS"
                        + " `camel_target` ON FALSE");
        assertThat(world.statements.get(1))
                .startsWith(
                        "COPY INTO `main`.`t` FROM (SELECT coalesce(CAST(CAST(`id` AS INT) AS int), CASE WHEN `id` IS"
                                + " NOT NULL THEN raise_error('A value does not fit into the column `id`') END) AS `id` FROM '")
                .endsWith(
                        ".json') FILEFORMAT = JSON FORMAT_OPTIONS ('mode' = 'FAILFAST', 'primitivesAsString' = 'true')");
    }

    @Test
    void shouldRefuseWhatCannotBeLoadedExactlyOnce() {
        assertThatThrownBy(() -> new LoadSettings(
                        STAGING,
                        null,
                        Map.of(),
                        Map.of("FORCE", "true"),
                        null,
                        settings(StagedFile.KEEP).rows(),
                        StagedFile.KEEP,
                        null))
                .hasMessageStartingWith("copyOptions.force would load");
        assertThatThrownBy(() -> new LoadSettings(
                        VolumePath.parse("/Volumes/a/b/c/x*"),
                        null,
                        Map.of(),
                        Map.of(),
                        null,
                        settings(StagedFile.KEEP).rows(),
                        StagedFile.KEEP,
                        null))
                .hasMessageStartingWith("volumePath has one of the characters");
    }
}
