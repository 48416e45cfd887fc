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
package io.cameldatabricks.component;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.volume.VolumeEntry;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;
import io.cameldatabricks.testinfra.WarehouseStatement;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.ConnectionReset;
import io.cameldatabricks.testinfra.fault.CutPoint;
import io.cameldatabricks.testinfra.fault.LostSubmitAnswer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** UPLOAD, DOWNLOAD, DELETE and LIST in routes, and what LOAD sends and tells. */
class VolumeOperationsTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final String root = "/Volumes/main/default/landing/" + UUID.randomUUID();
    private RunningContext camel;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        camel = new RunningContext();
        warehouse.clearScripts();
        warehouse.clearFaults();
        warehouse.clearRequests();
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    @Test
    void shouldPutReadListAndDeleteAFile() {
        Exchange up = send("UPLOAD", "one", Map.of(Exchange.FILE_NAME, "in/a b.txt"));
        assertThat(up.getException()).isNull();
        assertThat(up.getMessage().getBody()).isEqualTo("one");
        assertThat(up.getMessage().getHeader(DatabricksConstants.VOLUME_PATH)).isEqualTo(root + "/in/a b.txt");

        Exchange list = send("LIST", null, Map.of(DatabricksConstants.VOLUME_PATH, "in"));
        List<?> entries = list.getMessage().getBody(List.class);
        assertThat(entries).hasSize(1);
        VolumeEntry entry = (VolumeEntry) entries.get(0);
        assertThat(entry.name()).isEqualTo("a b.txt");
        assertThat(entry.size()).isEqualTo(3);
        assertThat(entry.directory()).isFalse();

        Exchange down = send("DOWNLOAD", entry, Map.of());
        assertThat(down.getMessage().getBody()).isInstanceOf(StreamCache.class).isInstanceOf(InputStream.class);
        assertThat(down.getMessage().getHeaders())
                .containsEntry(Exchange.FILE_NAME, "a b.txt")
                .containsEntry(Exchange.FILE_LENGTH, 3L);
        assertThat(down.getMessage().getBody(String.class)).isEqualTo("one");

        assertThat(send("DELETE", entry, Map.of()).getMessage().getBody()).isEqualTo(true);
        assertThat(send("DELETE", entry, Map.of()).getMessage().getBody()).isEqualTo(false);
        assertThat(send("DELETE", null, Map.of(DatabricksConstants.VOLUME_PATH, "in/"))
                        .getMessage()
                        .getBody())
                .isEqualTo(true);
    }

    @Test
    void shouldListThePlaceOfTheEndpoint() throws Exception {
        assertThat(send("UPLOAD", "one", Map.of(Exchange.FILE_NAME, "may.txt")).getException())
                .isNull();
        String list = uri("LIST");
        String download = uri("DOWNLOAD&localFolder=" + folder);
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:collect").to(list).split(body()).to(download);
            }
        });

        assertThat(camel.send("direct:collect", null, Map.of()).getException()).isNull();

        assertThat(folder.resolve("may.txt")).hasContent("one");
    }

    @Test
    void shouldTakeEveryKindOfContents() throws Exception {
        File file = Files.writeString(folder.resolve("f.txt"), "x").toFile();
        for (Object body : new Object[] {
            "x",
            new byte[] {'x'},
            new ByteArrayInputStream(new byte[] {'x'}),
            file,
            file.toPath(),
            new java.io.StringReader("x")
        }) {
            assertThat(send("UPLOAD", body, Map.of(DatabricksConstants.VOLUME_PATH, "f"))
                            .getException())
                    .isNull();
            assertThat(send("DOWNLOAD", null, Map.of(DatabricksConstants.VOLUME_PATH, root + "/f"))
                            .getMessage()
                            .getBody(String.class))
                    .isEqualTo("x");
        }
        for (Object body : new Object[] {null, 7, List.of(1), Map.of()}) {
            assertThat(send("UPLOAD", body, Map.of(DatabricksConstants.VOLUME_PATH, "f"))
                            .getException())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("The body is no file, it is ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../x", "/Volumes/main/default/landing2/x", "a/%2e%2e/x", "..\\x", "/etc/passwd", "a\u0000"})
    void shouldNotLeaveThePlaceOfTheEndpoint(String path) {
        for (String operation : List.of("UPLOAD", "DOWNLOAD", "DELETE", "LIST")) {
            assertThat(send(operation, "x", Map.of(DatabricksConstants.VOLUME_PATH, path))
                            .getException())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("The header CamelDatabricksVolumePath names no place below volumePath: ");
        }
        assertThat(warehouse.requests()).isEmpty();
    }

    @Test
    void shouldOverwriteUnlessToldNotTo() {
        send("UPLOAD", "one", Map.of(DatabricksConstants.VOLUME_PATH, "f"));
        Exchange kept = send("UPLOAD&overwrite=false", "two", Map.of(DatabricksConstants.VOLUME_PATH, "f"));
        assertThat(kept.getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageStartingWith(root + "/f is there already");
        assertThat(send("UPLOAD", "three", Map.of(DatabricksConstants.VOLUME_PATH, "f"))
                        .getException())
                .isNull();
        assertThat(read("f")).isEqualTo("three");
    }

    @Test
    void shouldPutADownloadIntoAFolder() throws Exception {
        send("UPLOAD", "one", Map.of(DatabricksConstants.VOLUME_PATH, "a/b/f.txt"));

        Exchange down = send(
                "DOWNLOAD&localFolder=" + folder.resolve("down"),
                null,
                Map.of(DatabricksConstants.VOLUME_PATH, "a/b/f.txt"));

        assertThat(down.getException()).isNull();
        assertThat(down.getMessage().getBody(File.class))
                .isEqualTo(folder.resolve("down/a/b/f.txt").toFile())
                .hasContent("one");
        assertThat(send(
                                "DOWNLOAD&overwrite=false&localFolder=" + folder.resolve("down"),
                                null,
                                Map.of(DatabricksConstants.VOLUME_PATH, "a/b/f.txt"))
                        .getException())
                .isNotNull();
    }

    @Test
    void shouldLetEveryCopyOfAnExchangeReadTheFileFromItsBeginning() throws Exception {
        send("UPLOAD", "x".repeat(300_000), Map.of(DatabricksConstants.VOLUME_PATH, "f"));
        String uri = uri("DOWNLOAD");
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:copies")
                        .setHeader(DatabricksConstants.VOLUME_PATH, constant("f"))
                        .to(uri)
                        .multicast()
                        .parallelProcessing()
                        .to("direct:one", "direct:two");
                from("direct:one").convertBodyTo(String.class).to("mock:read");
                from("direct:two").convertBodyTo(String.class).to("mock:read");
            }
        });
        org.apache.camel.component.mock.MockEndpoint read =
                camel.context().getEndpoint("mock:read", org.apache.camel.component.mock.MockEndpoint.class);
        read.expectedMessageCount(2);
        read.allMessages().body(String.class).isEqualTo("x".repeat(300_000));

        camel.template().sendBody("direct:copies", null);

        read.assertIsSatisfied();
    }

    @Test
    void shouldGoOnWithWhatWasCut() {
        send("UPLOAD", "y".repeat(3 << 20), Map.of(DatabricksConstants.VOLUME_PATH, "f"));
        warehouse.inject(ConnectionReset.during(CallKind.DOWNLOAD_FILE)
                .at(CutPoint.HALF_ANSWERED)
                .times(3));

        assertThat(read("f")).isEqualTo("y".repeat(3 << 20));
    }

    @Test
    void shouldSayWhichOptionIsMissingOrWrong() {
        for (String operation : List.of("UPLOAD", "DOWNLOAD", "DELETE", "LIST", "LOAD&table=t")) {
            assertRefused("operation=" + operation, "The option volumePath is missing");
            assertRefused("operation=" + operation + "&volumePath=/tmp/x", "The option volumePath is malformed");
        }
        String load = "operation=LOAD&table=t&volumePath=/Volumes/main/default/landing";
        assertRefused(load + "&stagedFile=MOVE", "moveTo goes with stagedFile=MOVE");
        assertRefused(load + "&moveTo=/Volumes/main/default/landing/done", "moveTo goes with stagedFile=MOVE");
        assertRefused(load + "&copyOptions.force=true", "copyOptions.force would load");
        assertRefused(load + "&loadSelect=a&columns=a", "loadSelect and columns contradict each other");
        assertRefused("operation=LOAD&volumePath=/Volumes/main/default/landing", "The option table is missing");
        assertRefused(
                "operation=INSERT&table=t&volumePath=/Volumes/main/default/landing&loadThreshold=-1",
                "The option loadThreshold is negative");
    }

    private void assertRefused(String options, String message) {
        assertThatThrownBy(() ->
                        camel.context().getEndpoint("databricks:t?" + warehouse.endpointOptions() + "&" + options))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldNeedOneStatementToLoadAFileAndTwoForRowsHoweverMany() {
        warehouse.script(
                Script.matching("SELECT typeof.*").column("t", "STRING").row("int"));
        warehouse.script(Script.matching("COPY INTO .*")
                .column("num_affected_rows", "BIGINT")
                .column("num_inserted_rows", "BIGINT")
                .column("num_skipped_corrupt_files", "BIGINT")
                .row(7, 7, 0));
        List<Map<String, Object>> rows = java.util.stream.IntStream.range(0, 5_000)
                .<Map<String, Object>>mapToObj(i -> Map.of("id", i))
                .toList();
        int before = warehouse.statements().size();

        Exchange many = send("LOAD&table=main.t", rows, Map.of(DatabricksConstants.QUERY_TAGS, "a=b"));
        Exchange file = send("LOAD&table=main.t&fileFormat=CSV&formatOptions.sep=RAW(';')", "1", Map.of());

        assertThat(many.getException()).isNull();
        assertThat(file.getException()).isNull();
        assertThat(many.getMessage().getHeaders())
                .containsEntry(DatabricksConstants.UPDATE_COUNT, 7L)
                .containsEntry(DatabricksConstants.ROW_COUNT, 5_000)
                .doesNotContainKey(DatabricksConstants.QUERY_TAGS);
        assertThat(file.getMessage().getHeaders()).doesNotContainKey(DatabricksConstants.ROW_COUNT);
        List<WarehouseStatement> sent = warehouse.statements().stream()
                .skip(before)
                // tags of the session
                .filter(each -> !each.sql().startsWith("SET "))
                .toList();
        assertThat(sent).extracting(each -> each.sql().split(" ")[0]).containsExactly("SELECT", "COPY", "COPY");
        assertThat(sent.get(2).sql())
                .matches("COPY INTO `main`\\.`t` FROM '" + root
                        + "/camel-[0-9a-f]{64}\\.csv' FILEFORMAT = CSV FORMAT_OPTIONS \\('sep' = '\\\\';\\\\''\\)");
    }

    @Test
    void shouldTellThatALostLoadCanBeSentAgain() {
        warehouse.script(Script.matching("COPY INTO .*").updateCount(1));
        warehouse.inject(LostSubmitAnswer.afterAcceptance().onStatement("COPY INTO.*"));

        Exchange lost = send("LOAD&table=t&fileFormat=JSON&conflictRetries=1", "{}", Map.of());

        assertThat(lost.getException())
                .isInstanceOf(TransientDatabricksException.class)
                .hasMessageContaining("no row is loaded twice when the message is sent again");
        assertThat(warehouse.statements().stream().filter(each -> each.sql().startsWith("COPY")))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldNotLoadAgainWhatCouldBeReadOnlyOnce() {
        warehouse.script(Script.matching("COPY INTO .*").fails("40001", "[DELTA_CONCURRENT_APPEND] x"));

        Exchange failed = send(
                "LOAD&table=t&fileFormat=JSON&conflictRetries=0",
                new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)),
                Map.of());

        assertThat(failed.getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("can be read only once");
    }

    private String read(String name) {
        return send("DOWNLOAD", null, Map.of(DatabricksConstants.VOLUME_PATH, name))
                .getMessage()
                .getBody(String.class);
    }

    private Exchange send(String operation, Object body, Map<String, Object> headers) {
        return camel.send(uri(operation), body, headers);
    }

    private String uri(String operation) {
        return "databricks:test?" + warehouse.endpointOptions() + "&volumePath=" + root + "&operation=" + operation;
    }
}
