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
package io.cameldatabricks.testinfra.server.engine.spark.names;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A schema of a catalog. Spark's session catalog has only one level of schemas, so each is kept there as one database
 * whose name joins both parts with a dot; no user can type such a name unnoticed, because Spark forbids dots in names.
 *
 * @param catalog lower-case catalog name
 * @param schema lower-case schema name
 */
public record SchemaName(String catalog, String schema) {

    public static final String DEFAULT_CATALOG = "main";
    public static final String DEFAULT_SCHEMA = "default";
    public static final String INFORMATION_SCHEMA = "information_schema";

    public SchemaName {
        catalog = normal(catalog);
        schema = normal(schema);
    }

    /** Names are case-insensitive and kept in lower case, as Unity Catalog does. */
    public static String normal(String name) {
        return Objects.requireNonNull(name).toLowerCase(Locale.ROOT);
    }

    public static SchemaName initial() {
        return new SchemaName(DEFAULT_CATALOG, DEFAULT_SCHEMA);
    }

    /** The name of Spark's database for this schema. */
    public String database() {
        return catalog + "." + schema;
    }

    /** The schema behind a database of Spark's, or empty for a database that is none of ours. */
    public static Optional<SchemaName> ofDatabase(String database) {
        int dot = database.indexOf('.');
        return dot < 0
                ? Optional.empty()
                : Optional.of(new SchemaName(database.substring(0, dot), database.substring(dot + 1)));
    }

    /** As messages of Databricks write it. */
    public String quoted() {
        return "`" + catalog + "`.`" + schema + "`";
    }
}
