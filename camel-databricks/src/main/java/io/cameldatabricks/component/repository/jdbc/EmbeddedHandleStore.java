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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;

import io.cameldatabricks.component.repository.HandleRepositoryException;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.StatementIdCipher;

/**
 * The durable default: an H2 file database in a directory of the application, for one process at a time. What it
 * acknowledges survives the end of the process at any moment. Needs {@code com.h2database:h2} on the class path. Safe for
 * use by many threads.
 */
public final class EmbeddedHandleStore implements AutoCloseable {

    /**
     * The node name to join with: only one process can have the file, so its predecessor is dead for certain, and its
     * handles are taken over without waiting for a lease to run out.
     */
    public static final String NODE = "embedded";

    private static final String FILE = "databricks-handles";
    private static final int CONNECTIONS = 4;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);

    private final HikariDataSource dataSource;
    private final StatementHandleRepository repository;

    private EmbeddedHandleStore(HikariDataSource dataSource, StatementIdCipher cipher) {
        this.dataSource = dataSource;
        this.repository = new JdbcStatementHandleRepository(dataSource, true, cipher);
    }

    /**
     * Opens the store, or makes it; takes no statement ids with a secret.
     *
     * @param dataDir directory for its file, made if missing; only for this application
     * @throws HandleRepositoryException if the directory cannot be used, or another process has the store open
     */
    public static EmbeddedHandleStore open(Path dataDir) {
        return open(dataDir, StatementIdCipher.none());
    }

    /**
     * Opens the store, or makes it.
     *
     * @param cipher for ids of statements over Thrift
     */
    public static EmbeddedHandleStore open(Path dataDir, StatementIdCipher cipher) {
        HikariDataSource dataSource;
        try {
            dataSource = dataSource(dataDir);
        } catch (HikariPool.PoolInitializationException e) {
            throw new HandleRepositoryException(
                    "The handle store in " + dataDir + " cannot be opened; does another process use it?", e);
        }
        try {
            return new EmbeddedHandleStore(dataSource, cipher);
        } catch (RuntimeException e) {
            dataSource.close();
            throw e;
        }
    }

    /** Works until {@link #close()}. */
    public StatementHandleRepository repository() {
        return repository;
    }

    /** Gives the file free. */
    @Override
    public void close() {
        dataSource.close();
    }

    static HikariDataSource dataSource(Path dataDir) {
        return new HikariDataSource(pool(url(dataDir)));
    }

    private static String url(Path dataDir) {
        Path file = dataDir.toAbsolutePath().normalize().resolve(FILE);
        if (file.toString().indexOf(';') >= 0) {
            throw new IllegalArgumentException("The path of the handle store must not contain ';'");
        }
        try {
            Files.createDirectories(dataDir);
        } catch (IOException e) {
            throw new HandleRepositoryException("The directory of the handle store cannot be made", e);
        }
        // retry: an interrupted thread closes the file under H2, and every other thread would find the database closed
        // DB_CLOSE_ON_EXIT: else H2's shutdown hook closes it while routes are still being stopped
        return "jdbc:h2:retry:" + file + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }

    private static HikariConfig pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("databricks-handles");
        config.setJdbcUrl(url);
        config.setUsername("sa");
        config.setPassword("");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        return config;
    }
}
