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

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.databricks.sdk.core.error.platform.AlreadyExists;
import com.databricks.sdk.core.error.platform.BadRequest;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.files.CreateDirectoryRequest;
import com.databricks.sdk.service.files.DirectoryEntry;
import com.databricks.sdk.service.files.DownloadResponse;
import com.databricks.sdk.service.files.FilesAPI;
import com.databricks.sdk.service.files.GetMetadataResponse;
import com.databricks.sdk.service.files.ListDirectoryContentsRequest;
import com.databricks.sdk.service.files.UploadRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.fault.TooManyRequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The Files API by databricks-sdk-java. */
class SdkFilesTest {

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.scripted();

    private final String folder = "/Volumes/main/default/landing/" + UUID.randomUUID();
    private FilesAPI files;

    @BeforeEach
    void connect() {
        files = Workspaces.of(warehouse).files();
    }

    /** @param overwrite null to say nothing: with a query the SDK forgets to escape the path */
    private void upload(String path, String contents, Boolean overwrite) {
        files.upload(new UploadRequest()
                .setFilePath(path)
                .setContents(new ByteArrayInputStream(contents.getBytes(StandardCharsets.UTF_8)))
                .setOverwrite(overwrite));
    }

    @Test
    void shouldKeepFiles() throws Exception {
        String path = folder + "/deep/x.json";
        upload(path, "{\"a\":1}", false);
        GetMetadataResponse metadata = files.getMetadata(path);
        assertThat(metadata.getContentLength()).isEqualTo(7);
        assertThat(metadata.getLastModified()).endsWith(" GMT");
        DownloadResponse download = files.download(path);
        assertThat(download.getContentLength()).isEqualTo(7);
        try (InputStream contents = download.getContents()) {
            assertThat(new String(contents.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"a\":1}");
        }
        assertThatThrownBy(() -> upload(path, "other", false)).isInstanceOf(AlreadyExists.class);
        upload(path, "other", true);
        assertThat(files.getMetadata(path).getContentLength()).isEqualTo(5);
        files.delete(path);
        assertThatThrownBy(() -> files.getMetadata(path)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> files.download(path)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> files.delete(path)).isInstanceOf(NotFound.class);
    }

    @Test
    void shouldKeepNamesThatNeedEscapes() {
        String path = folder + "/ä b+%25#?/x";
        upload(path, "x", null);
        assertThat(files.getMetadata(path).getContentLength()).isEqualTo(1);
        List<String> names = new ArrayList<>();
        files.listDirectoryContents(folder).forEach(entry -> names.add(entry.getName()));
        assertThat(names).containsExactly("ä b+%25#?");
        files.delete(path);
    }

    @Test
    void shouldKeepDirectories() {
        files.createDirectory(new CreateDirectoryRequest().setDirectoryPath(folder + "/d"));
        files.getDirectoryMetadata(folder + "/d");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            upload(folder + "/d/" + i, "x".repeat(i), true);
            expected.add(folder + "/d/" + i);
        }
        List<DirectoryEntry> entries = new ArrayList<>();
        files.listDirectoryContents(new ListDirectoryContentsRequest()
                        .setDirectoryPath(folder + "/d")
                        .setPageSize(3L))
                .forEach(entries::add);
        assertThat(entries).extracting(DirectoryEntry::getPath).isEqualTo(expected);
        assertThat(entries).extracting(DirectoryEntry::getFileSize).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThatThrownBy(() -> files.deleteDirectory(folder + "/d")).isInstanceOf(BadRequest.class);
        expected.forEach(files::delete);
        files.deleteDirectory(folder + "/d");
        assertThatThrownBy(() -> files.getDirectoryMetadata(folder + "/d")).isInstanceOf(NotFound.class);
    }

    @Test
    void shouldSitOutARefusal() {
        warehouse.inject(
                TooManyRequests.first(1).on(CallKind.MANAGE_FILES).retryAfter(java.time.Duration.ofSeconds(1)));
        files.createDirectory(new CreateDirectoryRequest().setDirectoryPath(folder));
        files.getDirectoryMetadata(folder);
        warehouse.clearFaults();
    }
}
