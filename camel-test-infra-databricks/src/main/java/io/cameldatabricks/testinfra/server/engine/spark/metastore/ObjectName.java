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

/** The full name of a table, view, function or volume. */
public record ObjectName(SchemaName schema, String name) {

    public ObjectName {
        name = SchemaName.normal(name);
    }

    public String quoted() {
        return schema.quoted() + ".`" + name + "`";
    }

    /** As the columns of listings write it. */
    public String plain() {
        return schema.catalog() + "." + schema.schema() + "." + name;
    }
}
