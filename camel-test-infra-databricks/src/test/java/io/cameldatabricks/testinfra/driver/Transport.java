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
package io.cameldatabricks.testinfra.driver;

import java.util.Map;
import java.util.stream.Stream;

/** A way in which rows reach the driver, chosen by URL parameters. */
enum Transport {
    /** Arrow with LZ4; small results in the answer, large ones behind links. */
    ARROW(DriverMode.SEA, true, Map.of()),
    /** Arrow with LZ4, always behind links. */
    ARROW_LINKS(DriverMode.SEA, true, Map.of("EnableSQLExecHybridResults", "0")),
    /** Arrow without compression. */
    ARROW_PLAIN(DriverMode.SEA, true, Map.of("EnableQueryResultLZ4Compression", "0")),
    /** JSON in the answers. */
    JSON(DriverMode.SEA, false, Map.of("EnableQueryResultDownload", "0")),

    /** As {@link #ARROW}. */
    THRIFT_ARROW(DriverMode.THRIFT, true, Map.of()),
    /** Arrow with LZ4 in the answers, fetched ahead by a thread of the driver. */
    THRIFT_PAGES(DriverMode.THRIFT, false, Map.of("EnableQueryResultDownload", "0")),
    /** Arrow with LZ4 in the answers, fetched by the thread that reads. */
    THRIFT_PAGES_IN_TURN(
            DriverMode.THRIFT, false, Map.of("EnableQueryResultDownload", "0", "EnableInlineStreaming", "0"));

    private final DriverMode mode;
    private final boolean links;
    private final Map<String, String> parameters;

    Transport(DriverMode mode, boolean links, Map<String, String> parameters) {
        this.mode = mode;
        this.links = links;
        this.parameters = parameters;
    }

    static Stream<Transport> of(DriverMode mode) {
        return Stream.of(values()).filter(transport -> transport.mode == mode);
    }

    /** Whether large results are read from links. */
    boolean links() {
        return links;
    }

    Map<String, String> parameters() {
        return parameters;
    }
}
