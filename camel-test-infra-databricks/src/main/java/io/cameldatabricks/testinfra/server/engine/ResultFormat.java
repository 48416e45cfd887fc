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
package io.cameldatabricks.testinfra.server.engine;

/** How a chunk's payload is written. */
public enum ResultFormat {
    /** UTF-8 JSON, an array of rows, each an array of strings and nulls. */
    JSON_ARRAY,
    /** A complete Arrow IPC stream: schema, record batches, end marker. */
    ARROW_STREAM,
    /** RFC 4180 rows with a header line in the first chunk. */
    CSV
}
