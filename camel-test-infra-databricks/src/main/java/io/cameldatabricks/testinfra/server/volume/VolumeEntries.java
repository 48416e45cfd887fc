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
package io.cameldatabricks.testinfra.server.volume;

import java.time.Instant;
import java.util.List;

/**
 * A part of a directory's contents, in the order of their names.
 *
 * @param entries what there is
 * @param next the name after which the next part begins, or null when there is no more
 */
public record VolumeEntries(List<Entry> entries, String next) {

    /**
     * A file or directory.
     *
     * @param size bytes, 0 for a directory
     */
    public record Entry(VolumePath path, String name, boolean directory, long size, Instant lastModified) {}
}
