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
package io.cameldatabricks.component.execute;

/** How the rows of a statement are handed over. */
public enum OutputType {
    /** All rows, as a list. */
    SELECT_LIST,
    /** The only row, or null when there is none; more than one row is an error. */
    SELECT_ONE,
    /** The rows one after the other, read from the server as they are asked for. */
    STREAM_LIST,
    /** All rows, as a list of objects of a class. */
    LIST,
    /** The rows as a stream of text, with commas between the values and a line of names first. */
    CSV,
    /** The rows as a stream of text, a JSON object on each line. */
    JSON_LINES;

    /** Whether the rows are read while the route goes on, so that a connection is needed for as long. */
    public boolean isStream() {
        return this == STREAM_LIST || isText();
    }

    /** Whether the rows become text. */
    public boolean isText() {
        return this == CSV || this == JSON_LINES;
    }
}
