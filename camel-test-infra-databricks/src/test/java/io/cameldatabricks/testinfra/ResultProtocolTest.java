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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Chunks, links, limits. */
class ResultProtocolTest {

    private static final String LINKS = "\"disposition\":\"EXTERNAL_LINKS\"";

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final Sea sea = new Sea(warehouse);

    @BeforeEach
    void teach() {
        warehouse.clearScripts();
        warehouse.script(Script.statement("SELECT many")
                .column("n", "BIGINT")
                .column("s", "STRING")
                .row(1, "one")
                .row(2, null)
                .repeat(60_000));
    }

    @Test
    void shouldCutAResultIntoChunksThatFollowEachOther() {
        JsonNode answer = sea.execute("SELECT many").json();
        assertThat(answer.at("/manifest/total_row_count").asLong()).isEqualTo(120_000);
        int chunks = answer.at("/manifest/total_chunk_count").asInt();
        assertThat(chunks).isGreaterThan(1);
        JsonNode result = answer.path("result");
        long rows = 0;
        int read = 0;
        while (true) {
            assertThat(result.path("chunk_index").asInt()).isEqualTo(read);
            assertThat(result.path("row_offset").asLong()).isEqualTo(rows);
            assertThat(result.path("data_array").size())
                    .isEqualTo(result.path("row_count").asInt());
            rows += result.path("row_count").asLong();
            read++;
            if (!result.has("next_chunk_index")) {
                break;
            }
            result = sea.send("GET", result.path("next_chunk_internal_link").asText(), null)
                    .json();
        }
        assertThat(rows).isEqualTo(120_000);
        assertThat(read).isEqualTo(chunks);
    }

    @Test
    void shouldGiveLinksThatNeedNoTokenAndRefuseOne() throws IOException {
        JsonNode link = link();
        String url = link.path("external_link").asText();
        Sea.Answer data = sea.download(url);
        assertThat(data.status()).isEqualTo(200);
        assertThat(Sea.JSON.readTree(data.bytes()).size())
                .isEqualTo(link.path("row_count").asInt());
        assertThat(data.bytes().length).isEqualTo(link.path("byte_count").asInt());
        Sea.Answer refused = sea.send("GET", url, null);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(new String(refused.bytes())).contains("Only one auth mechanism allowed");
    }

    @Test
    void shouldLetLinksExpireAndGiveNewOnes() {
        Sea.Answer answer = sea.execute("SELECT many", LINKS);
        String old = answer.json().at("/result/external_links/0/external_link").asText();
        warehouse.advanceClock(Duration.ofMinutes(14));
        assertThat(sea.download(old).status()).isEqualTo(200);
        warehouse.advanceClock(Duration.ofMinutes(1));
        Sea.Answer expired = sea.download(old);
        assertThat(expired.status()).isEqualTo(403);
        assertThat(new String(expired.bytes())).contains("Request has expired");
        String fresh = sea.send("GET", Sea.STATEMENTS + "/" + answer.id() + "/result/chunks/0", null)
                .json()
                .at("/external_links/0/external_link")
                .asText();
        assertThat(sea.download(fresh).status()).isEqualTo(200);
    }

    @Test
    void shouldRefuseForgedLinks() {
        String url = link().path("external_link").asText();
        assertThat(sea.download(url.replaceAll("expires=\\d+", "expires=99999999999"))
                        .status())
                .isEqualTo(403);
        assertThat(sea.download(url.replaceAll("/0\\?", "/1?")).status()).isEqualTo(403);
        assertThat(sea.download(url.replaceAll("\\?.*", "")).status()).isEqualTo(403);
        assertThat(sea.download(url).status()).isEqualTo(200);
    }

    @Test
    void shouldGiveADifferentLinkForEachChunk() {
        Sea.Answer answer = sea.execute("SELECT many", LINKS);
        int chunks = answer.json().at("/manifest/total_chunk_count").asInt();
        Set<String> links = new HashSet<>();
        for (int i = 0; i < chunks; i++) {
            links.add(sea.send("GET", Sea.STATEMENTS + "/" + answer.id() + "/result/chunks/" + i, null)
                    .json()
                    .at("/external_links/0/external_link")
                    .asText());
        }
        assertThat(links).hasSize(chunks);
        assertThat(sea.send("GET", Sea.STATEMENTS + "/" + answer.id() + "/result/chunks/" + chunks, null)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void shouldCompressWhatIsBehindLinks() throws IOException {
        JsonNode answer = sea.execute("SELECT many", LINKS, "\"result_compression\":\"LZ4_FRAME\"")
                .json();
        assertThat(answer.at("/manifest/result_compression").asText()).isEqualTo("LZ4_FRAME");
        JsonNode link = answer.at("/result/external_links/0");
        byte[] frame = sea.download(link.path("external_link").asText()).bytes();
        byte[] plain = new LZ4FrameInputStream(new ByteArrayInputStream(frame)).readAllBytes();
        assertThat(plain.length).isGreaterThan(frame.length);
        assertThat(Sea.JSON.readTree(plain).size())
                .isEqualTo(link.path("row_count").asInt());
    }

    @Test
    void shouldGiveUpResultsThatAreClosed() {
        Sea.Answer answer = sea.execute("SELECT many", LINKS);
        String url = answer.json().at("/result/external_links/0/external_link").asText();
        sea.send("DELETE", Sea.STATEMENTS + "/" + answer.id(), null);
        assertThat(sea.download(url).status()).isEqualTo(404);
    }

    @Test
    void shouldMarkResultsCutByLimits() {
        JsonNode byRows = sea.execute("SELECT many", "\"row_limit\":7").json();
        assertThat(byRows.at("/manifest/total_row_count").asInt()).isEqualTo(7);
        assertThat(byRows.at("/manifest/truncated").asBoolean()).isTrue();
        JsonNode byBytes = sea.execute("SELECT many", "\"byte_limit\":1000").json();
        assertThat(byBytes.at("/manifest/total_row_count").asInt()).isBetween(50, 150);
        assertThat(byBytes.at("/manifest/truncated").asBoolean()).isTrue();
        JsonNode whole = sea.execute("SELECT many", "\"row_limit\":120000").json();
        assertThat(whole.at("/manifest/truncated").asBoolean()).isFalse();
    }

    @Test
    void shouldAbortInlineResultsOverTheLimit() {
        warehouse.script(Script.statement("SELECT huge")
                .column("s", "STRING")
                .row("x".repeat(10_000))
                .repeat(3_000));
        JsonNode failed = sea.execute("SELECT huge").json();
        assertThat(failed.at("/status/state").asText()).isEqualTo("FAILED");
        assertThat(failed.at("/status/error/message").asText()).contains("Inline byte limit exceeded", "26214400");
        assertThat(sea.execute("SELECT huge", LINKS).state()).isEqualTo("SUCCEEDED");
    }

    private JsonNode link() {
        return sea.execute("SELECT many", LINKS).json().at("/result/external_links/0");
    }
}
