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
package io.cameldatabricks.component;

import java.util.LinkedHashMap;
import java.util.Map;

import javax.sql.DataSource;

import org.apache.camel.CamelContext;

import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.StatementIdCipher;
import io.cameldatabricks.component.source.DataSourceKind;
import io.cameldatabricks.component.store.RepositoryChoice;

/**
 * The beans that serve endpoints that name none.
 *
 * @param enabled whether beans are looked for at all ({@code autowiredEnabled} of the component)
 */
record RegistryBeans(CamelContext context, boolean enabled) {

    static RegistryBeans of(DatabricksComponent component) {
        return new RegistryBeans(component.getCamelContext(), component.isAutowiredEnabled());
    }

    /** The only bean of a type, or null. */
    <T> T only(Class<T> type) {
        Map<String, T> all = all(type);
        return all.size() == 1 ? all.values().iterator().next() : null;
    }

    /** All beans of a type by name; none if beans are not looked for. */
    <T> Map<String, T> all(Class<T> type) {
        return enabled ? context.getRegistry().findByTypeWithName(type) : Map.of();
    }

    /**
     * The data source that statements run on: the only one that is for Databricks, or else the only one at all if it does
     * not tell what it is for. One for another database is never taken unasked. Null if there is none.
     */
    DataSource forStatements() {
        Map<String, DataSource> all = all(DataSource.class);
        Map<String, DataSource> databricks = of(all, DataSourceKind.DATABRICKS);
        if (databricks.size() == 1) {
            return databricks.values().iterator().next();
        }
        return all.size() == 1 && of(all, DataSourceKind.UNKNOWN).size() == 1
                ? all.values().iterator().next()
                : null;
    }

    /** @param pool whose data source, if any, statements run on: handles are not kept there */
    RepositoryChoice.Beans forHandles(DatabricksPoolOptions pool) {
        Map<String, DataSource> others = new LinkedHashMap<>(all(DataSource.class));
        others.values().removeIf(dataSource -> dataSource == pool.getDataSource());
        return new RepositoryChoice.Beans(all(StatementHandleRepository.class), others, only(StatementIdCipher.class));
    }

    private static Map<String, DataSource> of(Map<String, DataSource> all, DataSourceKind kind) {
        Map<String, DataSource> found = new LinkedHashMap<>(all);
        found.values().removeIf(dataSource -> DataSourceKind.of(dataSource) != kind);
        return found;
    }
}
