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
package io.cameldatabricks.component.workspace;

import io.cameldatabricks.component.pool.Shared;

/**
 * What an endpoint needs a warehouse for. Each {@link #acquire()} wants one {@link #release()}; the connections are closed
 * when the last one who shares them has released them. Immutable.
 *
 * @param warehouses of the component
 * @param key what makes two uses share connections
 */
public record WarehouseUse(Shared<WarehouseAccess.Key, WarehouseAccess> warehouses, WarehouseAccess.Key key) {

    /** The connections, made if nobody else uses them; wants one {@link #release()}. */
    public WarehouseAccess acquire() {
        return warehouses.acquire(key);
    }

    /** Lets go of what {@link #acquire()} gave. */
    public void release() {
        warehouses.release(key);
    }
}
