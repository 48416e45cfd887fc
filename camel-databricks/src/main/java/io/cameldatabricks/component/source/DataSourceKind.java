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

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import javax.sql.DataSource;

/**
 * Which database a {@code DataSource} is for, as far as its class and its settings tell. No connection is opened to find
 * out, since that could wake a warehouse.
 */
public enum DataSourceKind {
    /** A Databricks workspace: statements run there, handles are never kept there. */
    DATABRICKS,
    /** PostgreSQL or H2: handles can be kept there; statements run there only when a route says so itself. */
    HANDLE_STORE,
    /** Another database, which serves for neither. */
    OTHER,
    /** Does not tell without a connection. */
    UNKNOWN;

    /** Getters of the usual pools and drivers for a JDBC URL. */
    private static final List<String> URLS = List.of("getJdbcUrl", "getUrl", "getURL");

    /** Getters of the usual pools and drivers for the name of a class of the driver. */
    private static final List<String> CLASSES = List.of("getDataSourceClassName", "getDriverClassName");

    /** Getters of the usual wrappers for what they wrap. */
    private static final List<String> WRAPPED = List.of("getDataSource", "getTargetDataSource");

    /** Deeper wrapping is not looked through. */
    private static final int DEEPEST = 5;

    /** Never blocks and never connects. */
    public static DataSourceKind of(DataSource dataSource) {
        return of(dataSource, DEEPEST);
    }

    private static DataSourceKind of(DataSource dataSource, int depth) {
        if (depth == 0 || joinsTransactions(dataSource)) {
            return UNKNOWN;
        }
        return Stream.of(
                        ofClass(dataSource.getClass().getName()),
                        URLS.stream()
                                .map(getter -> ofUrl(text(dataSource, getter)))
                                .filter(kind -> kind != UNKNOWN)
                                .findFirst()
                                .orElse(UNKNOWN),
                        CLASSES.stream()
                                .map(getter -> ofClass(text(dataSource, getter)))
                                .filter(kind -> kind != UNKNOWN)
                                .findFirst()
                                .orElse(UNKNOWN),
                        WRAPPED.stream()
                                .map(getter -> call(dataSource, getter))
                                .filter(DataSource.class::isInstance)
                                .filter(wrapped -> wrapped != dataSource)
                                .map(wrapped -> of((DataSource) wrapped, depth - 1))
                                .findFirst()
                                .orElse(UNKNOWN))
                .filter(kind -> kind != UNKNOWN)
                .findFirst()
                .orElse(UNKNOWN);
    }

    /** Its commits are not its own, so an intent would be stored after its statement was submitted. */
    private static boolean joinsTransactions(DataSource dataSource) {
        return Stream.<Class<?>>iterate(dataSource.getClass(), Objects::nonNull, Class::getSuperclass)
                .anyMatch(type -> type.getSimpleName().contains("TransactionAware"));
    }

    private static DataSourceKind ofUrl(String url) {
        String lower = url == null ? "" : url.strip().toLowerCase(Locale.ROOT);
        if (lower.startsWith("jdbc:databricks:") || lower.startsWith("jdbc:spark:")) {
            return DATABRICKS;
        }
        if (lower.startsWith("jdbc:postgresql:") || lower.startsWith("jdbc:h2:")) {
            return HANDLE_STORE;
        }
        return lower.startsWith("jdbc:") ? OTHER : UNKNOWN;
    }

    private static DataSourceKind ofClass(String name) {
        if (name == null) {
            return UNKNOWN;
        }
        if (name.startsWith("com.databricks.") || name.startsWith("com.simba.spark.")) {
            return DATABRICKS;
        }
        return name.startsWith("org.postgresql.") || name.startsWith("org.h2.") ? HANDLE_STORE : UNKNOWN;
    }

    private static String text(DataSource dataSource, String getter) {
        return call(dataSource, getter) instanceof String text ? text : null;
    }

    private static Object call(DataSource dataSource, String getter) {
        try {
            Method method = dataSource.getClass().getMethod(getter);
            return method.trySetAccessible() ? method.invoke(dataSource) : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
