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
package io.cameldatabricks.component.source;

import java.util.List;

import io.cameldatabricks.component.auth.AuthAttribute;

/**
 * Something that may be looked for in several places.
 *
 * @param option the option of the endpoint, or null
 * @param variables the environment variables, the first one being the usual one
 * @param profileKey the name in a profile, or null
 */
record Key(String option, List<String> variables, String profileKey) {

    static final Key HOST = new Key("host", List.of("DATABRICKS_HOST", "DATABRICKS_SERVER_HOSTNAME"), "host");
    static final Key HTTP_PATH = new Key("httpPath", List.of("DATABRICKS_HTTP_PATH"), null);
    static final Key WAREHOUSE_ID = new Key("warehouseId", List.of("DATABRICKS_WAREHOUSE_ID"), "warehouse_id");
    static final Key CLUSTER_ID = new Key("clusterId", List.of("DATABRICKS_CLUSTER_ID"), "cluster_id");
    static final Key CATALOG = new Key("catalog", List.of("DATABRICKS_CATALOG"), null);
    static final Key SCHEMA = new Key("schema", List.of("DATABRICKS_SCHEMA"), null);
    static final Key PROFILE = new Key("profile", List.of("DATABRICKS_CONFIG_PROFILE"), null);
    static final Key CONFIG_FILE = new Key("configFile", List.of("DATABRICKS_CONFIG_FILE"), null);

    /** What says where the statements run; one of them is enough. */
    static final List<Key> COMPUTE = List.of(HTTP_PATH, WAREHOUSE_ID, CLUSTER_ID);

    static Key of(AuthAttribute attribute) {
        return new Key(
                attribute.option().orElse(null),
                attribute.variable().map(List::of).orElse(List.of()),
                attribute.profileKey());
    }
}
