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
package io.cameldatabricks.testinfra.server.engine.spark.parser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

import io.cameldatabricks.testinfra.server.engine.spark.command.LocalCommand;
import io.cameldatabricks.testinfra.server.engine.spark.command.Rows;
import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.MetastoreVolumes;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;
import io.cameldatabricks.testinfra.server.volume.VolumeEntries;
import io.cameldatabricks.testinfra.server.volume.VolumeException;
import io.cameldatabricks.testinfra.server.volume.VolumeException.Reason;
import io.cameldatabricks.testinfra.server.volume.VolumeFiles;
import io.cameldatabricks.testinfra.server.volume.VolumeOperation;
import io.cameldatabricks.testinfra.server.volume.VolumeOperation.Kind;
import io.cameldatabricks.testinfra.server.volume.VolumePath;

/** LIST, PUT, GET and REMOVE of files in volumes. The last three give the client a link, and it does the rest. */
final class FileStatements {

    private FileStatements() {}

    /** @return the command, or null when the statement is another one */
    static LogicalPlan parse(TokenReader reader, SessionNames names) {
        MetastoreVolumes volumes = names.metastore().volumeFolders();
        if (reader.accept("LIST")) {
            return list(reader, volumes);
        }
        if (reader.accept("PUT")) {
            String local = reader.string();
            reader.require("INTO");
            String path = reader.string();
            boolean overwrite = reader.accept("OVERWRITE");
            reader.end();
            return operation(Kind.PUT, path, local, overwrite, volumes);
        }
        if (reader.accept("GET")) {
            String path = reader.string();
            reader.require("TO");
            String local = reader.string();
            reader.end();
            return operation(Kind.GET, path, local, false, volumes);
        }
        if (reader.accept("REMOVE")) {
            String path = reader.string();
            reader.end();
            return operation(Kind.REMOVE, path, null, false, volumes);
        }
        return null;
    }

    private static LogicalPlan list(TokenReader reader, MetastoreVolumes volumes) {
        String path = reader.string();
        int limit = reader.accept("LIMIT") ? number(reader) : Integer.MAX_VALUE - 1;
        reader.end();
        String[] columns = {"path", "name", "size:BIGINT", "modification_time:BIGINT"};
        return new LocalCommand("ListFiles", Rows.columns(columns), session -> {
            try {
                Rows rows = new Rows();
                VolumeEntries page = new VolumeFiles(volumes).list(VolumePath.parse(path), null, limit);
                for (VolumeEntries.Entry entry : page.entries()) {
                    String end = entry.directory() ? "/" : "";
                    rows.add(
                            entry.path() + end,
                            entry.name() + end,
                            entry.size(),
                            entry.lastModified().toEpochMilli());
                }
                return rows.list();
            } catch (VolumeException e) {
                throw MetastoreVolumes.failure(path, e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static int number(TokenReader reader) {
        Token token = reader.peek();
        if (token == null || !token.text().matches("\\d{1,9}")) {
            throw reader.unexpected();
        }
        reader.skip();
        return Integer.parseInt(token.text());
    }

    private static LogicalPlan operation(
            Kind kind, String path, String local, boolean overwrite, MetastoreVolumes volumes) {
        String[] columns = {"operation", "presignedUrl", "headers", "localFile"};
        return LocalCommand.volumeOperation(Rows.columns(columns), session -> {
            try {
                VolumePath file = VolumePath.parse(path);
                check(kind, file, overwrite, new VolumeFiles(volumes));
                String link = volumes.links().link(new VolumeOperation(kind, file, overwrite));
                List<Object> row = java.util.Arrays.asList(kind.name(), link, "{}", local);
                return List.of(row);
            } catch (VolumeException e) {
                throw e.reason() == Reason.FILES_API_ALREADY_EXISTS
                        ? LocalFailure.of("FILE_ALREADY_EXISTS", "42710", "The file " + path + " already exists.")
                        : MetastoreVolumes.failure(path, e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** What can be known before the client follows the link. */
    private static void check(Kind kind, VolumePath file, boolean overwrite, VolumeFiles files)
            throws IOException, VolumeException {
        if (kind == Kind.PUT) {
            files.upload(file, overwrite).close();
        } else {
            files.metadata(file);
        }
    }
}
