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

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LimitedBodyTest {

    @Test
    void shouldTakeWhatFitsAndRefuseWhatDoesNot() throws Exception {
        String body = "x".repeat(100_000);
        try (RawServer server = new RawServer(0).always(RawServer.answer(200, body))) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()))
                    .build();
            HttpClient http = HttpClient.newHttpClient();

            assertThat(http.send(request, LimitedBody.upTo(100_000)).body())
                    .isEqualTo(body.getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> http.send(request, LimitedBody.upTo(99_999)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("99999");
        }
    }
}
