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
package io.cameldatabricks.component.connect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path that names what runs the statements: a SQL warehouse or an all-purpose cluster. Immutable.
 *
 * @param value with a leading slash
 * @param warehouseId the id of the warehouse, or null for a cluster
 */
public record HttpPath(String value, String warehouseId) {

    private static final Pattern WAREHOUSE =
            Pattern.compile("/?sql/1\\.0/(?:warehouses|endpoints)/([A-Za-z0-9_-]+)/?(\\?o=\\d+)?");
    private static final Pattern CLUSTER = Pattern.compile("/?sql/protocolv1/o/\\d+/[A-Za-z0-9_-]+/?(\\?o=\\d+)?");
    private static final Pattern WAREHOUSE_ID = Pattern.compile("[A-Za-z0-9_-]+");

    /**
     * @throws IllegalArgumentException when it is neither the path of a warehouse nor of a cluster
     */
    public static HttpPath parse(String text) {
        String path = text.trim();
        Matcher warehouse = WAREHOUSE.matcher(path);
        if (warehouse.matches()) {
            return new HttpPath(withSlash(path), warehouse.group(1));
        }
        if (CLUSTER.matcher(path).matches()) {
            return new HttpPath(withSlash(path), null);
        }
        throw new IllegalArgumentException(
                "it is neither /sql/1.0/warehouses/<id> nor sql/protocolv1/o/<workspace id>/<cluster id>");
    }

    /**
     * @throws IllegalArgumentException when it has characters that no id has
     */
    public static HttpPath ofWarehouse(String warehouseId) {
        String id = warehouseId.trim();
        if (!WAREHOUSE_ID.matcher(id).matches()) {
            throw new IllegalArgumentException("it is not the id of a warehouse");
        }
        return new HttpPath("/sql/1.0/warehouses/" + id, id);
    }

    /**
     * @param workspaceId the number of the workspace
     * @throws IllegalArgumentException when one of them has characters that no id has
     */
    public static HttpPath ofCluster(String workspaceId, String clusterId) {
        return parse("/sql/protocolv1/o/" + workspaceId.trim() + "/" + clusterId.trim());
    }

    public boolean isWarehouse() {
        return warehouseId != null;
    }

    /** The id of the cluster, or null for a warehouse. */
    public String clusterId() {
        if (isWarehouse()) {
            return null;
        }
        String[] parts = value.replaceAll("/?(\\?.*)?$", "").split("/");
        return parts[parts.length - 1];
    }

    private static String withSlash(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }
}
