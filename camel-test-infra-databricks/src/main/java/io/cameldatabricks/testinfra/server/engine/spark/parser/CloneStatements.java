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

import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructType;

import io.cameldatabricks.testinfra.server.engine.spark.command.LocalCommand;
import io.cameldatabricks.testinfra.server.engine.spark.command.Rows;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.ObjectName;
import io.cameldatabricks.testinfra.server.engine.spark.metastore.SessionNames;

/**
 * DEEP clones, which Delta's open source lacks: a shallow clone takes the whole definition, then the table's rows are
 * written into files of its own.
 */
final class CloneStatements {

    private CloneStatements() {}

    /** @return the command, or null when the statement is not a deep clone */
    static LogicalPlan parse(TokenReader reader, SessionNames names) {
        boolean replace = reader.accept("CREATE", "OR", "REPLACE", "TABLE");
        if (!replace && !reader.accept("CREATE", "TABLE")) {
            return null;
        }
        boolean ifNotExists = reader.accept("IF", "NOT", "EXISTS");
        if (reader.peek() == null || !reader.peek().isName()) {
            return null;
        }
        List<String> target = reader.names();
        boolean deep = reader.accept("DEEP", "CLONE") || reader.accept("CLONE");
        if (!deep) {
            return null;
        }
        ObjectName name = names.object(target);
        String source = reader.rest();
        StructType columns = Rows.columns(
                "source_table_size:BIGINT",
                "source_num_of_files:BIGINT",
                "num_removed_files:BIGINT",
                "num_copied_files:BIGINT",
                "removed_files_size:BIGINT",
                "copied_files_size:BIGINT");
        return new LocalCommand("DeepClone", columns, session -> {
            boolean exists = names.metastore().hasSchema(name.schema())
                    && session.catalog()
                            .tableExists(SessionNames.SESSION_CATALOG + ".`"
                                    + name.schema().database() + "`.`" + name.name() + "`");
            if (exists && ifNotExists) {
                return List.of();
            }
            String create = replace ? "CREATE OR REPLACE TABLE " : "CREATE TABLE ";
            Row shallow = session.sql(create + name.quoted() + " SHALLOW CLONE " + source)
                    .head();
            session.sql("INSERT OVERWRITE " + name.quoted() + " SELECT * FROM " + name.quoted());
            return new Rows()
                    .add(
                            shallow.getLong(0),
                            shallow.getLong(1),
                            shallow.getLong(2),
                            shallow.getLong(1),
                            shallow.getLong(4),
                            shallow.getLong(0))
                    .list();
        });
    }
}
