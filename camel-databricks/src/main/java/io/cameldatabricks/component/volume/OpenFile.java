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
package io.cameldatabricks.component.volume;

import java.io.InputStream;

/**
 * A file that the server has begun to send.
 *
 * @param metadata of the whole file
 * @param stream its bytes, from where they were asked for; closing it early ends the transfer. A read fails when the
 *     server falls silent
 */
public record OpenFile(FileMetadata metadata, InputStream stream) {

    /** Without the bytes. */
    @Override
    public String toString() {
        return "OpenFile[" + metadata + "]";
    }
}
