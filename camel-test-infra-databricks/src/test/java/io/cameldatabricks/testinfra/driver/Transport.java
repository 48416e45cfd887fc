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

/** A way in which rows reach the driver, chosen by URL parameters. */
enum Transport {
    /** Arrow with LZ4; small results in the answer, large ones behind links. */
    ARROW(Map.of()),
    /** Arrow with LZ4, always behind links. */
    ARROW_LINKS(Map.of("EnableSQLExecHybridResults", "0")),
    /** Arrow without compression. */
    ARROW_PLAIN(Map.of("EnableQueryResultLZ4Compression", "0")),
    /** JSON in the answers. */
    JSON(Map.of("EnableQueryResultDownload", "0"));

    private final Map<String, String> parameters;

    Transport(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    Map<String, String> parameters() {
        return parameters;
    }
}
