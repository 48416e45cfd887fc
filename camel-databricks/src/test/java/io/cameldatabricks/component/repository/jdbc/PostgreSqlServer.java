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
package io.cameldatabricks.component.repository.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * PostgreSQL from the binaries of a Maven artifact, one server for all tests of this JVM, which ends with it. PostgreSQL
 * does not run as root: there the library runs it in a user namespace ({@code unshare -U}).
 */
public final class PostgreSqlServer {

    private static HikariDataSource dataSource;

    private PostgreSqlServer() {}

    public static synchronized DataSource dataSource() {
        if (dataSource == null) {
            HikariConfig config = new HikariConfig();
            config.setDataSource(start().getPostgresDatabase());
            config.setMaximumPoolSize(10);
            dataSource = new HikariDataSource(config);
        }
        return dataSource;
    }

    /** A new connection each time. */
    static DataSource withoutPool() {
        return ((HikariDataSource) dataSource()).getDataSource();
    }

    private static EmbeddedPostgres start() {
        try {
            // the library's defaults lose commits
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "PostgreSQL does not start; as root it needs a user namespace (unshare -U), or run as another user",
                    e);
        }
    }
}
