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
package io.cameldatabricks.component.ingest;

import java.util.Objects;

import io.cameldatabricks.component.volume.Contents;

/** What a message brings to be loaded. */
public sealed interface LoadSource {

    /** Rows that we write into a file. */
    record Rows(RowSource rows) implements LoadSource {
        public Rows {
            Objects.requireNonNull(rows);
        }
    }

    /**
     * A file that is loaded as it is.
     *
     * @param contents its bytes
     * @param name what it is called where it comes from, for its format; or null
     */
    record File(Contents contents, String name) implements LoadSource {
        public File {
            Objects.requireNonNull(contents);
        }

        /** Without the bytes. */
        @Override
        public String toString() {
            return "File[" + contents.length() + " bytes]";
        }
    }
}
