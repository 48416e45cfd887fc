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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.databricks.jdbc.api.IDatabricksVolumeClient;
import com.databricks.jdbc.api.impl.volume.DatabricksVolumeClientFactory;
import com.databricks.sdk.service.files.FilesAPI;
import com.databricks.sdk.service.files.UploadRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.testinfra.fault.LostSubmitAnswer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Files of volumes by the driver's own statements and client, and what SQL makes of files that came another way. */
class VolumesIT extends DriverTest {

    private static final Duration BOUND = Duration.ofMinutes(2);

    @TempDir
    private Path local;

    private String folder;

    @BeforeEach
    void createVolume() throws SQLException {
        sql.run("CREATE VOLUME IF NOT EXISTS " + table("landing"));
        folder = "/Volumes/main/" + schemaName() + "/landing";
    }

    private void upload(String name, String contents) {
        FilesAPI files = Workspaces.of(warehouse).files();
        files.upload(new UploadRequest()
                .setFilePath(folder + "/" + name)
                .setContents(new ByteArrayInputStream(contents.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void shouldPutGetListAndRemoveFiles() throws SQLException, IOException {
        SqlClient files = connect(Map.of("VolumeOperationAllowedLocalPaths", local.toString()));
        Path sent = Files.writeString(local.resolve("sent.csv"), "1,ä\n2,b\n");
        String path = folder + "/put/in put+%.csv";
        String put = "PUT '" + sent + "' INTO '" + path + "'";
        assertThat(files.rows(put)).containsExactly(List.of("SUCCEEDED"));
        assertThatThrownBy(() -> files.rows(put)).hasMessageContaining("FILE_ALREADY_EXISTS");
        Files.writeString(sent, "3,c\n");
        assertThat(files.rows(put + " OVERWRITE")).containsExactly(List.of("SUCCEEDED"));
        assertThat(files.rows("SELECT * FROM csv.`" + path + "`")).containsExactly(List.of("3", "c"));
        Path fetched = local.resolve("fetched.csv");
        assertThat(files.rows("GET '" + path + "' TO '" + fetched + "'")).containsExactly(List.of("SUCCEEDED"));
        assertThat(fetched).hasContent("3,c\n");
        assertThat(files.rows("LIST '" + folder + "/put'").get(0).subList(0, 3))
                .containsExactly(path, "in put+%.csv", 4L);
        assertThat(files.rows("REMOVE '" + path + "'")).containsExactly(List.of("SUCCEEDED"));
        assertThatThrownBy(() -> files.rows("REMOVE '" + path + "'")).hasMessageContaining("PATH_NOT_FOUND");
    }

    @Test
    void shouldServeTheVolumeClientOfTheDriver() throws Exception {
        SqlClient files = connect(Map.of("VolumeOperationAllowedLocalPaths", local.toString()));
        IDatabricksVolumeClient client = DatabricksVolumeClientFactory.getVolumeClient(files.connection());
        Path sent = Files.writeString(local.resolve("client.txt"), "from the client");
        assertThat(client.putObject("main", schemaName(), "landing", "client/x.txt", sent.toString(), true))
                .isTrue();
        assertThat(client.listObjects("main", schemaName(), "landing", "client/x", true))
                .containsExactly("x.txt");
        Path fetched = local.resolve("client.back");
        assertThat(client.getObject("main", schemaName(), "landing", "client/x.txt", fetched.toString()))
                .isTrue();
        assertThat(fetched).hasContent("from the client");
        assertThat(client.deleteObject("main", schemaName(), "landing", "client/x.txt"))
                .isTrue();
    }

    @Test
    void shouldLoadAFileOnceAlsoWhenTheAnswerIsLost() throws SQLException {
        String table = table("loaded");
        sql.run("CREATE OR REPLACE TABLE " + table + " (id BIGINT, name STRING)");
        upload("lost/x.json", "{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":\"b\"}\n");
        String copy = "COPY INTO " + table + " FROM '" + folder + "/lost' FILEFORMAT = JSON";
        try (var lost = warehouse.inject(LostSubmitAnswer.afterAcceptance().onStatement("COPY INTO " + table + ".*"))) {
            SqlClient broken = connect();
            assertThatThrownBy(() -> broken.update(copy)).isInstanceOf(SQLException.class);
            assertThat(lost.hits()).isPositive();
        }
        // the first one may still be at work, and then one of the two fails
        await().atMost(BOUND).ignoreExceptionsInstanceOf(SQLException.class).until(() -> sql.update(copy) >= 0);
        assertThat(sql.value("SELECT count(*) FROM " + table)).isEqualTo(2L);
        upload("lost/y.json", "{\"id\":3,\"name\":\"c\"}");
        assertThat(sql.update(copy)).isEqualTo(1);
        assertThat(sql.update(copy)).isZero();
    }
}
