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
package io.cameldatabricks.testinfra.server.engine.spark;

import org.apache.spark.sql.catalyst.catalog.ExternalCatalogEvent;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogEventListener;

import io.cameldatabricks.testinfra.server.engine.spark.metastore.Metastore;

/** Saves the metastore after every change in Spark's catalog. */
final class MetastoreListener implements ExternalCatalogEventListener {

    private final Metastore metastore;

    MetastoreListener(Metastore metastore) {
        this.metastore = metastore;
    }

    @Override
    public void onEvent(ExternalCatalogEvent event) {
        // events before a change are named Create…PreEvent and the like
        if (!event.getClass().getSimpleName().endsWith("PreEvent")) {
            metastore.save();
        }
    }
}
