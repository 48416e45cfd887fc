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
package io.cameldatabricks.component.client.sea;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.cameldatabricks.component.volume.VolumeEntry;
import io.cameldatabricks.component.volume.VolumePage;
import io.cameldatabricks.component.volume.VolumePath;

/** Paths and answers of the Files API. Stateless. */
final class FileRequests {

    private static final String FILES = "/api/2.0/fs/files";
    private static final String DIRECTORIES = "/api/2.0/fs/directories";

    private FileRequests() {}

    static String file(VolumePath file) {
        return FILES + file.escaped();
    }

    static String upload(VolumePath file, boolean overwrite) {
        return file(file) + "?overwrite=" + overwrite;
    }

    static String directory(VolumePath directory) {
        return DIRECTORIES + directory.escaped();
    }

    static String list(VolumePath directory, String next) {
        return directory(directory)
                + (next == null ? "" : "?page_token=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
    }

    /** @return null when it is no page */
    static VolumePage page(byte[] body) {
        JsonNode page = SeaJson.readOrMissing(body);
        // an empty page has no "contents" at all
        if (!page.isObject()
                || !(page.path("contents").isMissingNode()
                        || page.path("contents").isArray())) {
            return null;
        }
        List<VolumeEntry> entries = new ArrayList<>();
        for (JsonNode entry : page.path("contents")) {
            JsonNode modified = entry.path("last_modified");
            String path = entry.path("path").asText("");
            entries.add(new VolumeEntry(
                    path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
                    entry.path("name").asText(""),
                    entry.path("is_directory").asBoolean(),
                    entry.path("file_size").asLong(),
                    modified.isNumber() ? Instant.ofEpochMilli(modified.asLong()) : null));
        }
        String next = page.path("next_page_token").asText("");
        return new VolumePage(entries, next.isEmpty() ? null : next);
    }
}
