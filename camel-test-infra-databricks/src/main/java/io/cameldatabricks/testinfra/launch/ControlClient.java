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
package io.cameldatabricks.testinfra.launch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.cameldatabricks.testinfra.LocalWarehouseException;
import io.cameldatabricks.testinfra.WarehouseEndpoint;

/**
 * Speaks the warehouse's control API.
 *
 * <p>Thread-safe.
 */
public final class ControlClient {

    private final WarehouseEndpoint endpoint;
    private final HttpClient client;

    public ControlClient(WarehouseEndpoint endpoint) {
        this.endpoint = endpoint;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5));
        if (endpoint.trustStore() != null) {
            builder.sslContext(trusting(endpoint));
        }
        client = builder.build();
    }

    private static SSLContext trusting(WarehouseEndpoint endpoint) {
        try (InputStream in = Files.newInputStream(endpoint.trustStore())) {
            KeyStore trust = KeyStore.getInstance("PKCS12");
            trust.load(in, endpoint.trustStorePassword().toCharArray());
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new LocalWarehouseException("The trust store of the local warehouse cannot be read.", e);
        }
    }

    /**
     * @param form an HTML form, or empty
     * @return the answer's text
     * @throws LocalWarehouseException when the warehouse is gone or refuses
     */
    public String send(String method, String path, String form) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint.httpUrl() + path))
                .header("Authorization", "Bearer " + endpoint.token())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(Duration.ofMinutes(1))
                .method(
                        method,
                        form.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new LocalWarehouseException(
                        "The local warehouse refused " + method + " " + path + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new LocalWarehouseException(
                    "The local warehouse at " + endpoint.httpUrl() + " does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalWarehouseException("Interrupted while waiting for the local warehouse.", e);
        }
    }
}
