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

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.cameldatabricks.testinfra.fault.ActiveFault;
import io.cameldatabricks.testinfra.fault.Fault;
import io.cameldatabricks.testinfra.launch.ControlClient;

/**
 * Steers a running local warehouse, also from another JVM than the one that has started it: scripts, faults, clock,
 * sessions, and what it has received. Each method throws {@link LocalWarehouseException} when the warehouse is gone or
 * refuses.
 *
 * <p>Thread-safe.
 */
public final class WarehouseControl {

    private final ControlClient client;

    WarehouseControl(WarehouseEndpoint endpoint) {
        client = new ControlClient(endpoint);
    }

    /** Teaches the scripted engine an answer. */
    public void script(Script script) {
        client.send("POST", "/local/scripts", script.form());
    }

    /** Makes the scripted engine forget what it was taught. */
    public void clearScripts() {
        client.send("DELETE", "/local/scripts", "");
    }

    /** Lets the warehouse show a fault, until that is closed or {@link #clearFaults()} is called. */
    public ActiveFault inject(Fault fault) {
        return new ActiveFault(this, client.send("POST", "/local/faults", fault.form()));
    }

    /** Switches every fault off. */
    public void clearFaults() {
        client.send("DELETE", "/local/faults", "");
    }

    /** @param id of a fault; @return how many calls have met it, 0 when it is not active */
    public int faultHits(String id) {
        return client.send("GET", "/local/faults", "")
                .lines()
                .map(line -> line.split(" "))
                .filter(fields -> fields[0].equals(id))
                .mapToInt(fields -> Integer.parseInt(fields[1]))
                .findFirst()
                .orElse(0);
    }

    /** @param id of a fault, which need not be active any more */
    public void switchOff(String id) {
        client.send("DELETE", "/local/faults/" + encode(id), "");
    }

    /** The requests that the warehouse has received, oldest first; the last 10,000 of them. */
    public List<WarehouseRequest> requests() {
        return client.send("GET", "/local/requests", "")
                .lines()
                .map(line -> {
                    String[] fields = line.split(" ", -1);
                    return new WarehouseRequest(
                            Long.parseLong(fields[0]),
                            fields[1],
                            Integer.parseInt(fields[2]),
                            decode(fields[3]),
                            decode(fields[4]),
                            fields[5].isEmpty() ? List.of() : List.of(fields[5].split(",")));
                })
                .toList();
    }

    /** Makes the warehouse forget the requests that it has received. */
    public void clearRequests() {
        client.send("DELETE", "/local/requests", "");
    }

    /**
     * The statements that the warehouse has accepted, oldest first, however they ended; of those that have ended the last
     * 20,000, and none that are older than 30 days by its clock.
     */
    public List<WarehouseStatement> statements() {
        return client.send("GET", "/local/statements", "")
                .lines()
                .map(line -> {
                    String[] fields = line.split(" ", -1);
                    return new WarehouseStatement(
                            fields[0],
                            fields[1],
                            Instant.parse(fields[2]),
                            decode(fields[3]),
                            fields[4].isEmpty() ? null : decode(fields[4]),
                            form(decode(fields[5])));
                })
                .toList();
    }

    /** The time that statements, sessions and links of the warehouse live by. */
    public Instant clock() {
        return Instant.parse(client.send("GET", "/local/clock", ""));
    }

    /** Turns that time forward. All that comes due on the way has happened when this returns. */
    public void advanceClock(Duration duration) {
        client.send("POST", "/local/clock", "advance=" + duration);
    }

    /** How many sessions are open. */
    public int sessions() {
        return Integer.parseInt(client.send("GET", "/local/sessions", ""));
    }

    /** Closes every session of every client, as an expiry or a restart of the warehouse would; returns how many. */
    public int dropSessions() {
        return Integer.parseInt(client.send("DELETE", "/local/sessions", ""));
    }

    /**
     * Lets a service principal log in (OAuth, client credentials); a known one gets the new secret.
     *
     * @param life how long each of its tokens is good by {@link #clock()}, whole seconds
     */
    public void allowOAuth(String clientId, String secret, Duration life) {
        client.send(
                "POST", "/local/oauth", "client=" + encode(clientId) + "&secret=" + encode(secret) + "&life=" + life);
    }

    public void trustIdToken(String clientId, String idToken, Duration life) {
        client.send(
                "POST", "/local/oauth", "client=" + encode(clientId) + "&idToken=" + encode(idToken) + "&life=" + life);
    }

    private static Map<String, String> form(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals >= 0) {
                values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
