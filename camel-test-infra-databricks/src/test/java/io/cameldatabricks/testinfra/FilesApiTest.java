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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.testinfra.fault.ActiveFault;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ConnectionReset;
import io.cameldatabricks.testinfra.fault.CutPoint;
import io.cameldatabricks.testinfra.fault.RefusedCall;
import io.cameldatabricks.testinfra.fault.ServerError;
import io.cameldatabricks.testinfra.fault.TooManyRequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The Files API by plain HTTP, with less memory than the largest file has bytes. */
class FilesApiTest {

    private static final int HEAP_MEGABYTES = 48;
    private static final Path DATA = temporary();

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.create(
            WarehouseOptions.scripted().withDataFolder(DATA).withJvmOptions("-Xmx" + HEAP_MEGABYTES + "m"));

    private static final String FILES = "/api/2.0/fs/files";
    private static final String DIRECTORIES = "/api/2.0/fs/directories";
    private static final String LANDING = "/Volumes/main/default/landing";

    private final Sea sea = new Sea(warehouse);

    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("files-api");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void empty() throws IOException {
        warehouse.clearFaults();
        warehouse.clearRequests();
        Path landing = DATA.resolve("volumes/landing");
        try (Stream<Path> all = Files.walk(landing)) {
            for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                if (!each.equals(landing)) {
                    Files.delete(each);
                }
            }
        }
    }

    private Sea.Answer put(String path, String contents) {
        return sea.send("PUT", FILES + path, contents);
    }

    private String read(String path) {
        Sea.Answer answer = sea.send("GET", FILES + path, null);
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.bytes(), StandardCharsets.UTF_8);
    }

    private static String reason(Sea.Answer answer) {
        return answer.json().at("/details/0/reason").asText();
    }

    private static List<Path> stored() {
        try (Stream<Path> all = Files.walk(DATA.resolve("volumes"))) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldKeepFiles() {
        Sea.Answer created = put(LANDING + "/a/b/c.csv", "id,name\n1,x\n");
        assertThat(created.status()).isEqualTo(204);
        assertThat(created.bytes()).isEmpty();
        assertThat(read(LANDING + "/a/b/c.csv")).isEqualTo("id,name\n1,x\n");
        Sea.Answer head = sea.send("HEAD", FILES + LANDING + "/a/b/c.csv", null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.response().headers().firstValueAsLong("Content-Length")).hasValue(12);
        assertThat(head.response().headers().firstValue("Last-Modified"))
                .hasValueSatisfying(date -> assertThat(date).endsWith(" GMT"));
        assertThat(head.response().headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(sea.send("DELETE", FILES + LANDING + "/a/b/c.csv", null).status())
                .isEqualTo(204);
        Sea.Answer gone = sea.send("GET", FILES + LANDING + "/a/b/c.csv", null);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.errorCode()).isEqualTo("NOT_FOUND");
        assertThat(reason(gone)).isEqualTo("FILES_API_FILE_NOT_FOUND");
        assertThat(sea.send("HEAD", FILES + LANDING + "/a/b/c.csv", null).status())
                .isEqualTo(404);
    }

    @Test
    void shouldOverwriteUnlessToldNotTo() {
        assertThat(put(LANDING + "/x", "1").status()).isEqualTo(204);
        assertThat(put(LANDING + "/x", "2").status()).isEqualTo(204);
        assertThat(put(LANDING + "/x?overwrite=true", "3").status()).isEqualTo(204);
        Sea.Answer refused = put(LANDING + "/x?overwrite=false", "4");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorCode()).isEqualTo("ALREADY_EXISTS");
        assertThat(read(LANDING + "/x")).isEqualTo("3");
        assertThat(put(LANDING + "/y?overwrite=false", "5").status()).isEqualTo(204);
    }

    @Test
    void shouldLetOneOfManyCreateAFile() {
        List<CompletableFuture<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String contents = "writer " + i;
            writers.add(CompletableFuture.supplyAsync(
                    () -> put(LANDING + "/raced?overwrite=false", contents).status()));
        }
        List<Integer> statuses = writers.stream().map(CompletableFuture::join).toList();
        assertThat(statuses).containsOnly(204, 409).containsOnlyOnce(204);
        assertThat(stored()).as("nothing is left of the others").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 206, 0123, bytes 0-3/10",
        "bytes=4-, 206, 456789, bytes 4-9/10",
        "bytes=-3, 206, 789, bytes 7-9/10",
        "bytes=8-99, 206, 89, bytes 8-9/10",
        "'bytes=0-1,3-4', 200, 0123456789,",
        "lines=1-2, 200, 0123456789,",
        "bytes=5-2, 200, 0123456789,",
        "bytes=10-, 416,, bytes */10"
    })
    void shouldAnswerRanges(String range, int status, String contents, String contentRange) throws Exception {
        put(LANDING + "/digits", "0123456789");
        HttpResponse<String> answer = send(request(LANDING + "/digits").header("Range", range));
        assertThat(answer.statusCode()).isEqualTo(status);
        if (contents != null) {
            assertThat(answer.body()).isEqualTo(contents);
        }
        assertThat(answer.headers().firstValue("Content-Range").orElse(null)).isEqualTo(contentRange);
    }

    @Test
    void shouldRefuseAFileThatHasChangedMeanwhile() throws Exception {
        put(LANDING + "/x", "1");
        assertThat(send(request(LANDING + "/x").header("If-Unmodified-Since", "Mon, 01 Jan 2001 00:00:00 GMT"))
                        .statusCode())
                .isEqualTo(412);
        assertThat(send(request(LANDING + "/x").header("If-Unmodified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"))
                        .statusCode())
                .isEqualTo(200);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(warehouse.httpUrl() + FILES + path))
                .header("Authorization", "Bearer " + warehouse.token());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void shouldMakeListAndDeleteDirectories() {
        assertThat(sea.send("PUT", DIRECTORIES + LANDING + "/d/e", null).status())
                .isEqualTo(204);
        assertThat(sea.send("PUT", DIRECTORIES + LANDING + "/d/e", null).status())
                .as("again")
                .isEqualTo(204);
        put(LANDING + "/d/f.txt", "four");
        assertThat(sea.send("HEAD", DIRECTORIES + LANDING + "/d", null).status())
                .isEqualTo(200);
        JsonNode contents =
                sea.send("GET", DIRECTORIES + LANDING + "/d/", null).json().get("contents");
        assertThat(contents).hasSize(2);
        assertThat(contents.at("/0/path").asText()).isEqualTo(LANDING + "/d/e/");
        assertThat(contents.at("/0/is_directory").asBoolean()).isTrue();
        assertThat(contents.at("/1/path").asText()).isEqualTo(LANDING + "/d/f.txt");
        assertThat(contents.at("/1/name").asText()).isEqualTo("f.txt");
        assertThat(contents.at("/1/file_size").asLong()).isEqualTo(4);
        assertThat(contents.at("/1/last_modified").asLong()).isPositive();
        Sea.Answer full = sea.send("DELETE", DIRECTORIES + LANDING + "/d", null);
        assertThat(full.status()).isEqualTo(400);
        assertThat(reason(full)).isEqualTo("FILES_API_DIRECTORY_IS_NOT_EMPTY");
        sea.send("DELETE", FILES + LANDING + "/d/f.txt", null);
        assertThat(sea.send("DELETE", DIRECTORIES + LANDING + "/d/e", null).status())
                .isEqualTo(204);
        assertThat(sea.send("DELETE", DIRECTORIES + LANDING + "/d", null).status())
                .isEqualTo(204);
        Sea.Answer missing = sea.send("GET", DIRECTORIES + LANDING + "/d", null);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(reason(missing)).isEqualTo("FILES_API_DIRECTORY_IS_NOT_FOUND");
    }

    @Test
    void shouldListInPages() throws IOException {
        for (int i = 0; i < 25; i++) {
            Files.writeString(DATA.resolve("volumes/landing/n" + (100 + i)), "");
        }
        List<String> names = new ArrayList<>();
        String token = "";
        int pages = 0;
        do {
            JsonNode page = sea.send("GET", DIRECTORIES + LANDING + "?page_size=10&page_token=" + token, null)
                    .json();
            page.get("contents").forEach(entry -> names.add(entry.get("name").asText()));
            token = page.path("next_page_token").asText();
            pages++;
        } while (!token.isEmpty());
        assertThat(pages).isEqualTo(3);
        assertThat(names).hasSize(25).isSorted().doesNotHaveDuplicates();
        assertThat(sea.send("GET", DIRECTORIES + LANDING + "?page_size=x", null).status())
                .isEqualTo(400);
        assertThat(sea.send("GET", DIRECTORIES + LANDING + "?page_token=%25", null)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void shouldTellFilesFromDirectories() {
        put(LANDING + "/file", "x");
        sea.send("PUT", DIRECTORIES + LANDING + "/dir", null);
        assertThat(put(LANDING + "/dir", "x").status()).isEqualTo(409);
        assertThat(put(LANDING + "/file/below", "x").status()).isEqualTo(409);
        assertThat(put(LANDING, "x").status()).isEqualTo(409);
        assertThat(put(LANDING + "/dir/", "x").status()).isEqualTo(400);
        for (String directory : List.of("/file", "/file/below")) {
            assertThat(sea.send("PUT", DIRECTORIES + LANDING + directory, null).status())
                    .isEqualTo(409);
            assertThat(sea.send("GET", DIRECTORIES + LANDING + directory, null).status())
                    .isEqualTo(404);
            assertThat(sea.send("DELETE", DIRECTORIES + LANDING + directory, null)
                            .status())
                    .isEqualTo(404);
        }
        for (String file : List.of("/dir", "/file/below", "")) {
            assertThat(sea.send("GET", FILES + LANDING + file, null).status()).isEqualTo(404);
            assertThat(sea.send("HEAD", FILES + LANDING + file, null).status()).isEqualTo(404);
            assertThat(sea.send("DELETE", FILES + LANDING + file, null).status())
                    .isEqualTo(404);
        }
        assertThat(sea.send("DELETE", DIRECTORIES + LANDING, null).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "/Volumes/other/default/landing/x, CATALOG_DOES_NOT_EXIST",
        "/Volumes/main/other/landing/x, SCHEMA_DOES_NOT_EXIST",
        "/Volumes/main/default/other/x, VOLUME_DOES_NOT_EXIST"
    })
    void shouldWantAVolume(String path, String reason) {
        for (Sea.Answer answer : List.of(
                put(path, "x"),
                sea.send("GET", FILES + path, null),
                sea.send("PUT", DIRECTORIES + path, null),
                sea.send("GET", DIRECTORIES + path, null))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(reason(answer)).isEqualTo(reason);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Volumes/main/default/landing/../landing2/x",
                "/Volumes/main/default/landing/%2e%2e/landing2/x",
                "/Volumes/main/default/landing/%2E./landing2/x",
                "/Volumes/main/default/landing/..%2flanding2%2Fx",
                "/Volumes/main/default/landing/a/../../landing2/x",
                "/Volumes/main/default/landing/..%5clanding2",
                "/Volumes/main/default/landing/x%00.csv",
                "/Volumes/main/default/landing/x%0a",
                "/Volumes/main/default/landing/%ff%fe",
                "/Volumes/main/default/landing/%c0%ae%c0%ae/landing2/x",
                "/Volumes/main/default/landing//x",
                "/Volumes/main/default/landing/./x",
                "/Volumes/main/default",
                "/Volumes",
                "/etc/passwd",
                "/dbfs/x"
            })
    void shouldRefusePathsThatLeadElsewhere(String path) {
        for (Sea.Answer answer : List.of(
                put(path, "x"), sea.send("GET", FILES + path, null), sea.send("PUT", DIRECTORIES + path, null))) {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.errorCode()).isEqualTo("INVALID_PARAMETER_VALUE");
        }
        assertThat(stored()).isEmpty();
    }

    @Test
    void shouldTakeNamesOfAnyKind() {
        String name = LANDING + "/%C3%A4%20b+c%25%3F%23%252e%252e";
        put(name, "x");
        assertThat(read(name)).isEqualTo("x");
        assertThat(stored()).singleElement().satisfies(file -> assertThat(file.getFileName())
                .hasToString("ä b+c%?#%2e%2e"));
        assertThat(read(LANDING.substring(1).replace("/", "%2F").replaceFirst("^", "/") + "%2F"
                        + name.substring(LANDING.length() + 1)))
                .as("slashes may be escaped")
                .isEqualTo("x");
    }

    @Test
    void shouldCheckTheToken() {
        for (String method : List.of("PUT", "GET", "HEAD", "DELETE")) {
            assertThat(sea.send(method, FILES + LANDING + "/x", "x", "Bearer wrong")
                            .status())
                    .isEqualTo(401);
            assertThat(sea.send(method, DIRECTORIES + LANDING, "x", null).status())
                    .isEqualTo(401);
        }
        assertThat(stored()).isEmpty();
    }

    @Test
    void shouldStreamMoreThanFitsIntoMemory() throws Exception {
        long size = 2L * HEAP_MEGABYTES << 20;
        HttpRequest upload = request(LANDING + "/large")
                .PUT(BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> new Pattern(size)), size))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        assertThat(client.send(upload, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
        HttpResponse<InputStream> download =
                client.send(request(LANDING + "/large").build(), BodyHandlers.ofInputStream());
        assertThat(download.headers().firstValueAsLong("Content-Length")).hasValue(size);
        try (InputStream contents = download.body()) {
            assertThat(Pattern.matches(contents, size)).isTrue();
        }
        assertThat(warehouse.requests())
                .anySatisfy(request -> assertThat(request.body()).isEqualTo(size + " bytes"));
    }

    /** A stream of so many bytes, no two neighbouring blocks of which are the same. */
    private static final class Pattern extends InputStream {
        private final long size;
        private long position;

        Pattern(long size) {
            this.size = size;
        }

        private static byte at(long position) {
            return (byte) (position * 31 + (position >> 16));
        }

        @Override
        public int read() {
            return position < size ? at(position++) & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (position >= size) {
                return -1;
            }
            int count = (int) Math.min(length, size - position);
            for (int i = 0; i < count; i++) {
                into[offset + i] = at(position++);
            }
            return count;
        }

        static boolean matches(InputStream contents, long size) throws IOException {
            byte[] block = new byte[1 << 16];
            long position = 0;
            for (int count = contents.read(block); count >= 0; count = contents.read(block)) {
                for (int i = 0; i < count; i++) {
                    if (block[i] != at(position++)) {
                        return false;
                    }
                }
            }
            return position == size;
        }
    }

    @Test
    void shouldForgetAnUploadWhoseClientGoesAway() throws IOException {
        put(LANDING + "/x", "old");
        for (String framing :
                List.of("Content-Length: 1000\r\n\r\nnew", "Transfer-Encoding: chunked\r\n\r\n3\r\nnew\r\n")) {
            try (Socket socket = new Socket("127.0.0.1", warehouse.port())) {
                String head = "PUT " + FILES + LANDING + "/x HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + warehouse.token() + "\r\n" + framing;
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
                socket.shutdownOutput();
                assertThat(socket.getInputStream().read()).as("no answer").isEqualTo(-1);
            }
        }
        assertThat(read(LANDING + "/x")).isEqualTo("old");
        await().untilAsserted(() -> assertThat(stored()).hasSize(1));
    }

    @ParameterizedTest
    @EnumSource(CutPoint.class)
    void shouldLoseAnUploadAtAnyPoint(CutPoint point) {
        put(LANDING + "/x", "old");
        ActiveFault fault = warehouse.inject(
                ConnectionReset.duringUpload().at(point).onPath(".*/x").times(1));
        assertThat(put(LANDING + "/y", "unharmed").status()).isEqualTo(204);
        assertThatThrownBy(() -> put(LANDING + "/x", "n".repeat(1 << 20))).isInstanceOf(UncheckedIOException.class);
        assertThat(fault.hits()).isEqualTo(1);
        boolean carriedOut = point == CutPoint.UNANSWERED || point == CutPoint.HALF_ANSWERED;
        await().untilAsserted(() -> assertThat(read(LANDING + "/x")).hasSize(carriedOut ? 1 << 20 : "old".length()));
        assertThat(stored()).as("and nothing is left over").hasSize(2);
    }

    @Test
    void shouldBreakOffADownload() {
        put(LANDING + "/x", "x".repeat(1 << 20));
        warehouse.inject(ConnectionReset.during(CallKind.DOWNLOAD_FILE)
                .at(CutPoint.HALF_ANSWERED)
                .times(1));
        assertThatThrownBy(() -> sea.send("GET", FILES + LANDING + "/x", null))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(read(LANDING + "/x")).hasSize(1 << 20);
    }

    @Test
    void shouldRefuseUploadsWithoutCarryingThemOut() {
        String large = "x".repeat(4 << 20);
        warehouse.inject(TooManyRequests.first(1).on(CallKind.UPLOAD_FILE).retryAfter(java.time.Duration.ofSeconds(7)));
        warehouse.inject(ServerError.status(503).on(CallKind.UPLOAD_FILE).times(1));
        warehouse.inject(RefusedCall.permissionDenied()
                .on(CallKind.MANAGE_FILES)
                .onPath(LANDING)
                .times(1));
        Sea.Answer tooMany = put(LANDING + "/x", large);
        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(tooMany.response().headers().firstValue("Retry-After")).hasValue("7");
        assertThat(put(LANDING + "/x", large).status()).isEqualTo(503);
        assertThat(stored()).isEmpty();
        assertThat(sea.send("GET", DIRECTORIES + LANDING, null).status()).isEqualTo(403);
        warehouse.inject(ServerError.status(504)
                .afterExecution()
                .on(CallKind.UPLOAD_FILE)
                .times(1));
        assertThat(put(LANDING + "/x", "late").status()).isEqualTo(504);
        assertThat(read(LANDING + "/x")).as("carried out all the same").isEqualTo("late");
    }
}
