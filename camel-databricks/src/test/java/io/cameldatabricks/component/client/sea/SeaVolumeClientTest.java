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
package io.cameldatabricks.component.client.sea;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.retry.RateLimiter;
import io.cameldatabricks.component.retry.RateLimits;
import io.cameldatabricks.component.retry.RetryPolicy;
import io.cameldatabricks.component.retry.SkippingTime;
import io.cameldatabricks.component.volume.Contents;
import io.cameldatabricks.component.volume.ContentsException;
import io.cameldatabricks.component.volume.OpenFile;
import io.cameldatabricks.component.volume.VolumeClient;
import io.cameldatabricks.component.volume.VolumeEntry;
import io.cameldatabricks.component.volume.VolumeInput;
import io.cameldatabricks.component.volume.VolumePage;
import io.cameldatabricks.component.volume.VolumePath;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ConnectionReset;
import io.cameldatabricks.testinfra.fault.CutPoint;
import io.cameldatabricks.testinfra.fault.ServerError;
import io.cameldatabricks.testinfra.fault.TooManyRequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** The Files API over real sockets, and what becomes of a transfer when something on the way breaks. */
class SeaVolumeClientTest {

    @RegisterExtension
    static final LocalWarehouse WAREHOUSE = LocalWarehouse.scripted();

    private final SkippingTime time = new SkippingTime();
    private final ExecutorService readers = Executors.newCachedThreadPool();
    private final VolumePath root = VolumePath.parse("/Volumes/main/default/landing/" + UUID.randomUUID());
    private VolumeClient client;

    @BeforeEach
    void start() {
        WAREHOUSE.clearFaults();
        client = client(WAREHOUSE.httpUrl(), Duration.ofSeconds(20), WAREHOUSE.token());
    }

    @AfterEach
    void stop() {
        WAREHOUSE.clearFaults();
        readers.shutdownNow();
    }

    private VolumeClient client(String url, Duration callTimeout, String token) {
        SeaSettings settings = new SeaSettings(
                URI.create(url),
                "camel-databricks/test",
                Map.of("X-Extra", "yes"),
                callTimeout,
                RetryPolicy.forReads(),
                RetryPolicy.forSubmit());
        return new SeaClients(readers, time, time, new Random(1), null)
                .createVolumes(
                        settings,
                        () -> CompletableFuture.completedFuture(token),
                        new RateLimiter(RateLimits.standard(), time, time),
                        readers);
    }

    /** Bytes that are the same each time and never whole in memory. */
    private static InputStream bytes(long length) {
        return new InputStream() {
            private long position;

            @Override
            public int read() {
                return position == length ? -1 : (int) (position++ * 31 % 251);
            }
        };
    }

    private static Contents contents(byte[] bytes) {
        return Contents.of(bytes);
    }

    private byte[] read(VolumePath file) throws IOException {
        try (InputStream in = new VolumeInput(client, file, get(client.open(file, 0, null)))) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.csv",
                "a b+c&d=e#f?g;h.csv",
                "100%.csv",
                "%20.csv",
                "été/😀.csv",
                "'\"`$!*()[]{}<>|,@^.csv",
                "x:y/..z"
            })
    void shouldKeepNamesAsTheyAre(String name) throws IOException {
        VolumePath file = root.resolve(name);

        assertThat(get(client.upload(file, contents(new byte[] {1, 2}), true))).isTrue();

        assertThat(read(file)).containsExactly(1, 2);
        List<VolumeEntry> entries = get(client.list(file.parent(), null)).entries();
        assertThat(entries)
                .extracting(VolumeEntry::name, VolumeEntry::size, VolumeEntry::path)
                .containsExactly(tuple(file.name(), 2L, file.toString()));
        assertThat(get(client.delete(file))).isTrue();
        assertThat(get(client.delete(file))).isFalse();
        assertThat(get(client.metadata(file))).isEmpty();
    }

    @Test
    void shouldSendWhatHasNoLengthAndNothingTooMuch() throws IOException {
        long length = 20L << 20;
        VolumePath file = root.child("large");

        assertThat(get(client.upload(file, Contents.once(bytes(length)), false)))
                .isTrue();

        assertThat(get(client.metadata(file)).orElseThrow().size()).isEqualTo(length);
        OpenFile open = get(client.open(file, 0, null));
        assertThat(sum(new VolumeInput(client, file, open))).isEqualTo(sum(bytes(length)));
    }

    private static long sum(InputStream in) throws IOException {
        CheckedInputStream checked = new CheckedInputStream(in, new CRC32());
        long length = checked.transferTo(java.io.OutputStream.nullOutputStream());
        return checked.getChecksum().getValue() * 31 + length;
    }

    @Test
    void shouldOverwriteOnlyWhenToldTo() throws IOException {
        VolumePath file = root.child("f");

        assertThat(get(client.upload(file, contents(new byte[] {1}), false))).isTrue();
        assertThat(get(client.upload(file, contents(new byte[] {2}), false))).isFalse();
        assertThat(read(file)).containsExactly(1);
        assertThat(get(client.upload(file, contents(new byte[0]), true))).isTrue();
        assertThat(read(file)).isEmpty();
        assertThatThrownBy(() -> get(client.upload(root, contents(new byte[1]), true)))
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageStartingWith(root + ": ");
    }

    @Test
    void shouldMakeListAndDeleteDirectories() {
        VolumePath directory = root.resolve("many/files");
        get(client.createDirectory(directory));
        get(client.createDirectory(directory));
        assertThat(get(client.list(directory, null)).entries()).isEmpty();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 1003; i++) {
            names.add(String.format("f%04d", i));
        }
        List<CompletableFuture<Boolean>> uploads = names.stream()
                .map(name -> client.upload(directory.child(name), contents(new byte[0]), true)
                        .toCompletableFuture())
                .toList();
        uploads.forEach(SeaVolumeClientTest::get);

        VolumePage first = get(client.list(directory, null));
        VolumePage second = get(client.list(directory, first.next()));

        assertThat(first.next()).isNotNull();
        assertThat(second.next()).isNull();
        List<VolumeEntry> all = new ArrayList<>(first.entries());
        all.addAll(second.entries());
        assertThat(all).extracting(VolumeEntry::name).containsExactlyElementsOf(names);
        assertThat(all).allSatisfy(entry -> assertThat(entry.lastModified()).isNotNull());
        assertThatThrownBy(() -> get(client.deleteDirectory(directory)))
                .isInstanceOf(PermanentDatabricksException.class);
        assertThat(get(client.deleteDirectory(root.child("none")))).isFalse();
        assertThatThrownBy(() -> get(client.list(root.child("none"), null)))
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("404");
    }

    @ParameterizedTest
    @EnumSource(CutPoint.class)
    void shouldSendAgainWhatWasCut(CutPoint point) throws IOException {
        byte[] sent = bytes(3 << 20).readAllBytes();
        VolumePath file = root.child("cut");
        WAREHOUSE.inject(ConnectionReset.duringUpload().at(point).times(2));

        boolean fresh = get(client.upload(file, contents(sent), false));

        assertThat(read(file)).isEqualTo(sent);
        // of an answer that was lost nobody can tell whose file it is
        assertThat(fresh).isEqualTo(point != CutPoint.UNANSWERED && point != CutPoint.HALF_ANSWERED);
    }

    @Test
    void shouldNotSendAgainWhatCanBeReadOnlyOnce() {
        WAREHOUSE.inject(ConnectionReset.duringUpload().at(CutPoint.HALF_READ));

        assertThatThrownBy(() -> get(client.upload(root.child("x"), Contents.once(bytes(3 << 20)), true)))
                .isInstanceOf(TransientDatabricksException.class);

        assertThat(get(client.metadata(root.child("x")))).isEmpty();
    }

    @Test
    void shouldWaitAsLongAsTheServerAsks() throws IOException {
        WAREHOUSE.inject(TooManyRequests.first(2).on(CallKind.UPLOAD_FILE).retryAfter(Duration.ofSeconds(7)));
        WAREHOUSE.inject(ServerError.status(503).on(CallKind.MANAGE_FILES).times(2));

        assertThat(get(client.upload(root.child("f"), contents(new byte[] {1}), true)))
                .isTrue();
        assertThat(get(client.metadata(root.child("f")))).isPresent();

        assertThat(time.waits()).filteredOn(wait -> wait.toSeconds() >= 7).isNotEmpty();
    }

    @Test
    void shouldSayThatTheSourceFailedAndNotTheNetwork() {
        VolumePath file = root.child("source");
        InputStream broken = new InputStream() {
            private int left = 1 << 20;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("disk");
                }
                return 1;
            }
        };

        assertThatThrownBy(() -> get(client.upload(file, Contents.once(broken), true)))
                .isInstanceOf(ContentsException.class)
                .hasRootCauseMessage("disk");

        assertThat(get(client.metadata(file))).isEmpty();
    }

    @Test
    void shouldGoOnWithADownloadWhereItWasCut(@TempDir Path folder) throws IOException {
        byte[] sent = bytes(6 << 20).readAllBytes();
        VolumePath file = root.child("download");
        get(client.upload(file, Contents.of(Files.write(folder.resolve("x"), sent)), true));
        WAREHOUSE.inject(ConnectionReset.during(CallKind.DOWNLOAD_FILE)
                .at(CutPoint.HALF_ANSWERED)
                .times(4));
        WAREHOUSE.clearRequests();

        assertThat(read(file)).isEqualTo(sent);

        assertThat(WAREHOUSE.requests())
                .filteredOn(each -> each.method().equals("GET"))
                .hasSize(5);
    }

    @Test
    void shouldNotGoOnWithAnotherFile() throws IOException {
        VolumePath file = root.child("changed");
        get(client.upload(file, contents(bytes(6 << 20).readAllBytes()), true));
        WAREHOUSE.inject(ConnectionReset.during(CallKind.DOWNLOAD_FILE)
                .at(CutPoint.HALF_ANSWERED)
                .times(1));
        VolumeInput in = new VolumeInput(client, file, get(client.open(file, 0, null)));
        in.readNBytes(1000);
        get(client.upload(file, contents(new byte[] {1, 2, 3}), true));

        assertThatThrownBy(in::readAllBytes)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The transfer of " + file + " was cut after ");
    }

    @Test
    void shouldSayWhatIsNotThereAndWhoIsNotAllowed() {
        assertThatThrownBy(() -> get(client.open(root.child("none"), 0, null)))
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageStartingWith(root + "/none: ");
        VolumeClient stranger = client(WAREHOUSE.httpUrl(), Duration.ofSeconds(20), "wrong");
        assertThatThrownBy(() -> get(stranger.upload(root.child("x"), Contents.once(bytes(5)), true)))
                .isInstanceOf(RecoverableDatabricksException.class)
                .hasMessageNotContaining("wrong");
    }

    @Test
    void shouldGiveUpWhenTheServerFallsSilent() throws IOException {
        try (RawServer server = new RawServer(0)) {
            server.always(RawServer.STALL);
            VolumeClient silent = client("http://127.0.0.1:" + server.port(), Duration.ofMillis(60), "t");
            VolumePath file = root.child("f");

            assertThatThrownBy(() -> get(silent.upload(file, contents(new byte[10]), true)))
                    .isInstanceOf(TransientDatabricksException.class);
            assertThatThrownBy(() -> get(silent.open(file, 0, null))).isInstanceOf(TransientDatabricksException.class);
            assertThat(server.received().get(0).head()).contains("X-Extra: yes", "Content-Length: 10");

            server.always(RawServer.halfAnAnswer("0123456789", true));
            OpenFile half = get(silent.open(file, 0, null));
            byte[] got = new byte[5];
            assertThat(half.stream().readNBytes(got, 0, 5)).isEqualTo(5);
            assertThat(new String(got, StandardCharsets.US_ASCII)).isEqualTo("01234");
            assertThatThrownBy(() -> half.stream().read()).isInstanceOf(IOException.class);
            half.stream().close();
        }
    }

    @Test
    void shouldWaitForASlowSourceAsLongAsItTakes() throws IOException {
        try (RawServer server = new RawServer(0)) {
            server.always(RawServer.answer(204, ""));
            VolumeClient impatient = client("http://127.0.0.1:" + server.port(), Duration.ofMillis(250), "t");
            CompletableFuture<Void> go = new CompletableFuture<>();
            CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS).execute(() -> go.complete(null));
            Contents slow = new Contents() {
                @Override
                public InputStream open() {
                    go.join();
                    return new ByteArrayInputStream(new byte[3]);
                }

                @Override
                public long length() {
                    return 3;
                }

                @Override
                public boolean isRepeatable() {
                    return true;
                }
            };

            assertThat(get(impatient.upload(root.child("f"), slow, true))).isTrue();
            assertThat(server.received()).hasSize(1);
        }
    }

    @Test
    void shouldStopReadingWhenTheTransferIsOver() {
        AtomicInteger read = new AtomicInteger();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read.incrementAndGet();
                return 1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                Arrays.fill(target, offset, offset + length, (byte) 1);
                read.incrementAndGet();
                return length;
            }

            @Override
            public void close() {
                read.set(-1);
            }
        };
        WAREHOUSE.inject(ConnectionReset.duringUpload().at(CutPoint.UNREAD));

        assertThatThrownBy(() -> get(client.upload(root.child("endless"), Contents.once(endless), true)))
                .isInstanceOf(TransientDatabricksException.class);

        Awaitility.await().untilAsserted(() -> assertThat(read).hasValue(-1));
    }

    private static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }
}
