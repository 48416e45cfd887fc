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
package io.cameldatabricks.testinfra.server;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * How the warehouse is to run.
 *
 * @param port 0 for a free one
 * @param data the folder of the tables, or null for one that is deleted at the end
 * @param engine {@code spark} or {@code scripted}
 * @param running statements that run at a time
 * @param queued statements that may wait
 * @param lease null to run until stopped; else the warehouse ends itself when it has been without users for so long
 * @param discovery file that tells other JVMs of one build about this warehouse, or null
 * @param stopWith id of a process with which to end, or 0
 */
record ServerOptions(
        int port,
        Path data,
        String token,
        String warehouseId,
        String engine,
        boolean tls,
        int running,
        int queued,
        Duration lease,
        Path discovery,
        long stopWith) {

    /** The environment variable that gives the token without showing it in the list of processes. */
    static final String TOKEN_VARIABLE = "LOCAL_WAREHOUSE_TOKEN";

    static final String USAGE = """
            Options of the local warehouse:
              --port N             port on 127.0.0.1 (0, the default: a free one)
              --data DIR           folder of the tables, kept at the end (default: a temporary one)
              --token TOKEN        access token (default: $LOCAL_WAREHOUSE_TOKEN, else a random one)
              --warehouse-id ID    id of the SQL warehouse (default: local)
              --engine NAME        spark (default) or scripted
              --tls                HTTPS with a certificate made at start
              --max-running N      statements that run at a time (default: 8)
              --max-queued N       statements that may wait (default: 1000)
              --help               this text""";

    private static final List<String> NAMES = List.of(
            "--port",
            "--data",
            "--token",
            "--warehouse-id",
            "--engine",
            "--max-running",
            "--max-queued",
            "--lease-millis",
            "--discovery",
            "--stop-with");

    /** @throws IllegalArgumentException with a sentence for the user when the arguments make no sense */
    static ServerOptions parse(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>();
        boolean tls = false;
        for (int i = 0; i < arguments.size(); i++) {
            String name = arguments.get(i);
            if (name.equals("--tls")) {
                tls = true;
            } else if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("Unknown option " + name + ".");
            } else if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException("Option " + name + " needs a value.");
            } else {
                given.put(name, arguments.get(++i));
            }
        }
        String engine = given.getOrDefault("--engine", "spark");
        if (!List.of("spark", "scripted").contains(engine)) {
            throw new IllegalArgumentException("Option --engine must be spark or scripted, not " + engine + ".");
        }
        String token = given.getOrDefault("--token", environment.getOrDefault(TOKEN_VARIABLE, ""));
        return new ServerOptions(
                number(given, "--port", 0, 65_535),
                given.containsKey("--data") ? Path.of(given.get("--data")).toAbsolutePath() : null,
                token.isEmpty() ? randomToken() : token,
                given.getOrDefault("--warehouse-id", "local"),
                engine,
                tls,
                number(given, "--max-running", 8, 100_000),
                number(given, "--max-queued", 1000, 1_000_000),
                given.containsKey("--lease-millis")
                        ? Duration.ofMillis(number(given, "--lease-millis", 0, Integer.MAX_VALUE))
                        : null,
                given.containsKey("--discovery") ? Path.of(given.get("--discovery")) : null,
                number(given, "--stop-with", 0, Integer.MAX_VALUE));
    }

    private static int number(Map<String, String> given, String name, int whenAbsent, int largest) {
        String text = given.get(name);
        if (text == null) {
            return whenAbsent;
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= 0 && value <= largest) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "Option " + name + " must be a number between 0 and " + largest + ", not " + text + ".");
    }

    private static String randomToken() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return "dapi" + HexFormat.of().formatHex(bytes);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ServerOptions[" + engine + ", port " + port + ", warehouse " + warehouseId + "]";
    }
}
