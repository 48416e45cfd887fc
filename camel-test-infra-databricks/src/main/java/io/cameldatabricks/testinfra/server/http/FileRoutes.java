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
package io.cameldatabricks.testinfra.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.server.fault.FaultTarget;
import io.cameldatabricks.testinfra.server.volume.VolumeEntries;
import io.cameldatabricks.testinfra.server.volume.VolumeException;
import io.cameldatabricks.testinfra.server.volume.VolumeFiles;
import io.cameldatabricks.testinfra.server.volume.VolumePath;

/** The Files API: files and directories of volumes. Contents go through in pieces, whatever their size. */
final class FileRoutes {

    private static final String FILES = "/api/2.0/fs/files";
    private static final String DIRECTORIES = "/api/2.0/fs/directories";
    private static final int LARGEST_PAGE = 1000;

    private final VolumeFiles files;
    private final FileTransfer transfer;

    FileRoutes(VolumeFiles files) {
        this.files = files;
        this.transfer = new FileTransfer(files);
    }

    /** What a call does with the path that it names. */
    private interface Action {
        void run(ApiCall call, VolumePath path) throws IOException, VolumeException;
    }

    void addTo(Router router) {
        router.addStreaming(
                "PUT",
                FILES,
                Router.Access.TOKEN,
                CallKind.UPLOAD_FILE,
                target(FILES, CallKind.UPLOAD_FILE),
                file(this::upload));
        add(router, "GET", FILES, CallKind.DOWNLOAD_FILE, file(transfer::send));
        add(
                router,
                "HEAD",
                FILES,
                CallKind.MANAGE_FILES,
                file((call, path) -> FileAnswer.head(call, files.metadata(path))));
        add(router, "DELETE", FILES, CallKind.MANAGE_FILES, file((call, path) -> {
            files.delete(path);
            call.noContent();
        }));
        add(router, "PUT", DIRECTORIES, CallKind.MANAGE_FILES, directory((call, path) -> {
            files.createDirectory(path);
            call.noContent();
        }));
        add(router, "GET", DIRECTORIES, CallKind.MANAGE_FILES, directory(this::list));
        add(router, "HEAD", DIRECTORIES, CallKind.MANAGE_FILES, directory((call, path) -> {
            files.requireDirectory(path);
            call.head(200, FileAnswer.BYTES);
        }));
        add(router, "DELETE", DIRECTORIES, CallKind.MANAGE_FILES, directory((call, path) -> {
            files.deleteDirectory(path);
            call.noContent();
        }));
    }

    private static void add(Router router, String method, String prefix, CallKind kind, Router.Handler handler) {
        router.addBelow(method, prefix, Router.Access.TOKEN, kind, target(prefix, kind), handler);
    }

    private static Router.Classifier target(String prefix, CallKind kind) {
        return call -> {
            try {
                return FaultTarget.ofFile(
                        kind, VolumePath.parse(call.pathBelow(prefix)).toString());
            } catch (VolumeException | ApiException e) {
                // the handler says what is wrong with it
                return FaultTarget.of(kind);
            }
        };
    }

    private static Router.Handler file(Action action) {
        return call -> {
            String path = call.pathBelow(FILES);
            if (path.endsWith("/")) {
                throw new ApiException(
                        400, "INVALID_PARAMETER_VALUE", "FILES_API_INVALID_PATH", "The path of a file ends with '/'.");
            }
            run(action, call, path);
        };
    }

    private static Router.Handler directory(Action action) {
        return call -> run(action, call, call.pathBelow(DIRECTORIES));
    }

    private static void run(Action action, ApiCall call, String path) throws IOException {
        try {
            action.run(call, VolumePath.parse(path));
        } catch (VolumeException e) {
            throw FileAnswer.error(e);
        }
    }

    private void upload(ApiCall call, VolumePath path) throws IOException, VolumeException {
        boolean overwrite = !"false".equalsIgnoreCase(call.queryValue("overwrite"));
        transfer.receive(call, path, overwrite);
        call.noContent();
    }

    private void list(ApiCall call, VolumePath path) throws IOException, VolumeException {
        VolumeEntries page = files.list(path, after(call.queryValue("page_token")), pageSize(call));
        List<Map<String, Object>> contents = new ArrayList<>();
        for (VolumeEntries.Entry entry : page.entries()) {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("path", entry.path() + (entry.directory() ? "/" : ""));
            shown.put("is_directory", entry.directory());
            if (!entry.directory()) {
                shown.put("file_size", entry.size());
            }
            shown.put("last_modified", entry.lastModified().toEpochMilli());
            shown.put("name", entry.name());
            contents.add(shown);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("contents", contents);
        if (page.next() != null) {
            byte[] next = page.next().getBytes(StandardCharsets.UTF_8);
            answer.put(
                    "next_page_token", Base64.getUrlEncoder().withoutPadding().encodeToString(next));
        }
        call.json(200, answer);
    }

    private static String after(String token) {
        if (token == null) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("The page token is none that this directory's listing has given.");
        }
    }

    /** Larger pages than the service makes are made smaller, as it does. */
    private static int pageSize(ApiCall call) {
        String text = call.queryValue("page_size");
        if (text == null) {
            return LARGEST_PAGE;
        }
        try {
            long size = Long.parseLong(text);
            if (size < 0) {
                throw ApiException.invalid("page_size must not be negative.");
            }
            return size == 0 ? LARGEST_PAGE : (int) Math.min(size, LARGEST_PAGE);
        } catch (NumberFormatException e) {
            throw ApiException.invalid("page_size must be a number.");
        }
    }
}
