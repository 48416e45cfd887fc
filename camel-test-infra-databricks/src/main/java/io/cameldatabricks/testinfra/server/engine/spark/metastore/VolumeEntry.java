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
package io.cameldatabricks.testinfra.server.engine.spark.metastore;

import io.cameldatabricks.testinfra.server.engine.spark.names.SchemaName;

/**
 * A volume: a folder with a three-level name.
 *
 * @param external true when it was created with a LOCATION of its own
 * @param location its folder, a plain path
 * @param comment its comment, or null
 * @param createdAt epoch milliseconds
 */
public record VolumeEntry(
        String catalog, String schema, String name, boolean external, String location, String comment, long createdAt) {

    public SchemaName schemaName() {
        return new SchemaName(catalog, schema);
    }
}
