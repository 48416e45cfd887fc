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
package io.cameldatabricks.component.result;

import java.io.IOException;

/** Writes rows as text, in UTF-8. For one result and one thread. */
interface RowFormat {

    /** What comes before the first row. */
    void begin(RowSchema schema) throws IOException;

    /** A row of that schema. */
    void row(Row row) throws IOException;

    /** Hands on what is not written yet. */
    void flush() throws IOException;
}
