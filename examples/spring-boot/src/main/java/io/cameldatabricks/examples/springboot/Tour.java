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
package io.cameldatabricks.examples.springboot;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Does what a user of the application would do with curl, and shows it. */
final class Tour {

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(5);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final PrintStream out;

    /** @param url of the application */
    Tour(String url, PrintStream out) {
        this.url = url;
        this.out = out;
    }

    void run() throws IOException, InterruptedException {
        HttpResponse<String> ordered = send("POST", "/reports?orders=3000000");
        String report = ordered.headers().firstValue("Location").orElseThrow();
        show("POST", "/reports?orders=3000000", ordered);
        show("GET", report, finished(report));
        look("/actuator/health/databricks");
        look("/actuator/metrics/databricks.handles.time");
        look("/actuator/metrics/databricks.operations");
        out.printf("%nand %s/console is a page for people: mvn -q -Drun=spring-boot -Dstay=true%n", url);
    }

    private HttpResponse<String> finished(String report) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        HttpResponse<String> answer = send("GET", report);
        while (answer.statusCode() == 202 && System.nanoTime() - begin < PATIENCE) {
            LockSupport.parkNanos(PAUSE);
            answer = send("GET", report);
        }
        return answer;
    }

    private void look(String path) throws IOException, InterruptedException {
        show("GET", path, send("GET", path));
    }

    private void show(String method, String path, HttpResponse<String> answer) {
        out.printf("%n%s %s%n  %d %s%n", method, path, answer.statusCode(), answer.body());
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
