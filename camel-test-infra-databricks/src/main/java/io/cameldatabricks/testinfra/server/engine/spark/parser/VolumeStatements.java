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

import java.util.List;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

import io.cameldatabricks.testinfra.server.engine.spark.command.LocalCommand;
import io.cameldatabricks.testinfra.server.engine.spark.command.Rows;
import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;
import io.cameldatabricks.testinfra.server.engine.spark.information.Patterns;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.Metastore;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.VolumeEntry;
import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;

/** CREATE, DROP, DESCRIBE, SHOW and COMMENT ON for volumes. */
final class VolumeStatements {

    private VolumeStatements() {}

    /** @return the command, or null when the statement is not about volumes */
    static LogicalPlan parse(TokenReader reader, SessionNames names) {
        Metastore metastore = names.metastore();
        boolean external = reader.accept("CREATE", "EXTERNAL", "VOLUME");
        if (external || reader.accept("CREATE", "VOLUME")) {
            return create(reader, names, external);
        }
        if (reader.accept("DROP", "VOLUME")) {
            boolean ifExists = reader.accept("IF", "EXISTS");
            ObjectName name = names.object(reader.names());
            reader.end();
            return LocalCommand.silent("DropVolume", () -> metastore.dropVolume(name.schema(), name.name(), ifExists));
        }
        if (reader.accept("COMMENT", "ON", "VOLUME")) {
            ObjectName name = names.object(reader.names());
            reader.require("IS");
            String comment = reader.accept("NULL") ? null : reader.string();
            reader.end();
            return LocalCommand.silent(
                    "CommentOnVolume", () -> metastore.commentOnVolume(name.schema(), name.name(), comment));
        }
        if (reader.accept("DESCRIBE", "VOLUME") || reader.accept("DESC", "VOLUME")) {
            ObjectName name = names.object(reader.names());
            reader.end();
            return describe(name, metastore);
        }
        if (reader.accept("SHOW", "VOLUMES")) {
            return show(reader, names);
        }
        return null;
    }

    private static LogicalPlan create(TokenReader reader, SessionNames names, boolean external) {
        boolean ifNotExists = reader.accept("IF", "NOT", "EXISTS");
        ObjectName name = names.object(reader.names());
        String location = reader.stringOrNull(reader.accept("LOCATION"));
        String comment = reader.stringOrNull(reader.accept("COMMENT"));
        reader.end();
        if (external && location == null) {
            throw LocalFailure.of(
                    "MISSING_CLAUSES_FOR_OPERATION",
                    "42601",
                    "Missing clause LOCATION for operation CREATE EXTERNAL VOLUME.");
        }
        if (location != null && location.contains("://")) {
            throw LocalFailure.unsupported("An external volume in cloud storage");
        }
        return LocalCommand.silent("CreateVolume", () -> names.metastore()
                .createVolume(name.schema(), name.name(), location, comment, ifNotExists));
    }

    private static LogicalPlan describe(ObjectName name, Metastore metastore) {
        String[] columns = {"name", "catalog", "database", "owner", "storage_location", "volume_type", "comment"};
        return new LocalCommand("DescribeVolume", Rows.columns(columns), session -> {
            VolumeEntry volume = metastore
                    .volume(name.schema(), name.name())
                    .orElseThrow(() -> Metastore.volumeNotFound(name.schema(), name.name()));
            return new Rows()
                    .add(
                            volume.name(),
                            volume.catalog(),
                            volume.schema(),
                            "root",
                            volume.location(),
                            volume.external() ? "EXTERNAL" : "MANAGED",
                            volume.comment())
                    .list();
        });
    }

    private static LogicalPlan show(TokenReader reader, SessionNames names) {
        SchemaName schema = names.existingSchema(reader.acceptAny("IN", "FROM") ? reader.names() : List.of());
        boolean like = reader.accept("LIKE") || reader.nextIsString();
        String pattern = reader.stringOrNull(like);
        reader.end();
        return new LocalCommand("ShowVolumes", Rows.columns("database", "volume_name"), session -> {
            Rows rows = new Rows();
            names.metastore().volumes(schema).stream()
                    .map(VolumeEntry::name)
                    .filter(Patterns.like(pattern))
                    .forEach(volume -> rows.add(schema.schema(), volume));
            return rows.list();
        });
    }
}
