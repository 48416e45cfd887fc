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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Calls of the Statement Execution API travel through the proxy that the driver's properties name, and else through none. */
@Timeout(60)
class RestProxyTest {

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final List<String> proxied = new CopyOnWriteArrayList<>();
    private final HttpClient onward = HttpClient.newHttpClient();
    private HttpServer proxy;
    private String wanted;
    private RunningContext camel;

    @BeforeEach
    void start() throws IOException {
        warehouse.clearScripts();
        warehouse.script(Script.statement("INSERT quick").updateCount(1));
        camel = new RunningContext();
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setExecutor(Executors.newCachedThreadPool());
        proxy.createContext("/", this::forward);
        proxy.start();
    }

    @AfterEach
    void stop() {
        camel.close();
        proxy.stop(0);
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            String proof = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
            if (wanted != null && !wanted.equals(proof)) {
                exchange.getResponseHeaders().add("Proxy-Authenticate", "Basic realm=proxy");
                exchange.sendResponseHeaders(407, -1);
                return;
            }
            proxied.add(exchange.getRequestURI().toString());
            HttpRequest.Builder request = HttpRequest.newBuilder(exchange.getRequestURI())
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            for (String name : List.of("Authorization", "Content-Type")) {
                if (exchange.getRequestHeaders().containsKey(name)) {
                    request.header(name, exchange.getRequestHeaders().getFirst(name));
                }
            }
            HttpResponse<byte[]> answer = onward.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String uri(String more) {
        return "databricks:proxied?" + warehouse.endpointOptions() + "&operation=SUBMIT&query=INSERT quick&" + more;
    }

    private String proxyOptions(String more) {
        return "driverProperties.UseProxy=1&driverProperties.ProxyHost=127.0.0.1&driverProperties.ProxyPort="
                + proxy.getAddress().getPort() + more;
    }

    private Exchange submit(String more) {
        return camel.send(uri(more));
    }

    @Test
    void shouldSubmitThroughTheProxy() {
        Exchange sent = submit(proxyOptions(""));

        assertThat(sent.getException()).isNull();
        assertThat(sent.getMessage().getBody()).isInstanceOf(StatementReference.class);
        assertThat(proxied)
                .anyMatch(uri -> uri.equals(warehouse.httpUrl() + "/api/2.0/sql/statements/")
                        || uri.equals(warehouse.httpUrl() + "/api/2.0/sql/statements"));
    }

    @Test
    void shouldMoveFilesThroughTheProxy() {
        String files = "databricks:proxied?" + warehouse.endpointOptions()
                + "&volumePath=/Volumes/main/default/landing&" + proxyOptions("") + "&operation=";
        Map<String, Object> name = Map.of(DatabricksConstants.VOLUME_PATH, "proxied.txt");

        Exchange up = camel.send(files + "UPLOAD", "contents", name);
        Exchange down = camel.send(files + "DOWNLOAD", null, name);

        assertThat(up.getException()).isNull();
        assertThat(down.getException()).isNull();
        assertThat(down.getMessage().getBody(String.class)).isEqualTo("contents");
        assertThat(proxied)
                .filteredOn(uri -> uri.startsWith(
                        warehouse.httpUrl() + "/api/2.0/fs/files/Volumes/main/default/landing/proxied.txt"))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldSayWhoItIsToTheProxy() {
        wanted = "Basic " + Base64.getEncoder().encodeToString("joe:secret".getBytes());
        String who = "&driverProperties.ProxyAuth=1&driverProperties.ProxyUID=joe&driverProperties.ProxyPWD=";

        assertThat(submit(proxyOptions(who + "wrong")).getException()).isNotNull();
        assertThat(proxied).isEmpty();
        assertThat(submit(proxyOptions(who + "secret")).getException()).isNull();
        assertThat(proxied).isNotEmpty();
    }

    @Test
    void shouldGoPastTheProxyWhereItIsToldTo() {
        assertThat(submit(proxyOptions("&driverProperties.ProxyIgnoreList=example.com,127.0.0.1"))
                        .getException())
                .isNull();
        assertThat(submit("startTimeout=1m").getException()).isNull();
        assertThat(proxied).isEmpty();
    }

    @Test
    void shouldSayAtTheStartWhatIsNotPossible() {
        assertThatThrownBy(() -> submit("driverProperties.UseProxy=1"))
                .hasStackTraceContaining("driverProperties.ProxyHost is missing");
        assertThatThrownBy(() -> submit(proxyOptions("&driverProperties.ProxyAuth=2")))
                .hasStackTraceContaining("use asyncTransport=JDBC");
    }
}
