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
package io.cameldatabricks.benchmarks.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A PostgreSQL of its own, from the binaries of a Maven artifact. It does not run as root: there the library runs it in a
 * user namespace ({@code unshare -U}).
 */
final class PostgreSqlServer implements AutoCloseable {

    private final EmbeddedPostgres server;

    PostgreSqlServer() {
        try {
            // the library's defaults lose commits
            server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL does not start", e);
        }
    }

    int port() {
        return server.getPort();
    }

    /**
     * @param port of the server, or of something that leads there
     * @param application with which connections are known there
     */
    static String url(int port, String application) {
        // a lost network must be noticed within a lease or two
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&connectTimeout=2&socketTimeout=4"
                + "&ApplicationName=" + application;
    }

    DataSource dataSource() {
        return server.getPostgresDatabase();
    }

    Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
