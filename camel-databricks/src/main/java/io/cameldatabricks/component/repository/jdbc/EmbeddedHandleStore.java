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
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;

import io.cameldatabricks.component.repository.HandleRepositoryException;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.StatementIdCipher;

/**
 * The durable default: an H2 file database in a directory of the application, for one process at a time. What it
 * acknowledges survives the end of the process at any moment. All who open the directory in one process share one database,
 * which is closed with the last of them. Needs {@code com.h2database:h2} on the class path. Safe for use by many threads.
 */
public final class EmbeddedHandleStore implements AutoCloseable {

    private static final String FILE = "databricks-handles";
    private static final int CONNECTIONS = 4;
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(10);

    /** H2's code for a file that another process has locked. */
    private static final int LOCKED = 90020;

    /** The databases of this process by directory; also the lock of all that is shared. */
    private static final Map<Path, Shared> OPEN = new HashMap<>();

    /** One database and how many have it open. */
    private static final class Shared {
        private final HikariDataSource dataSource;
        private int users;

        private Shared(HikariDataSource dataSource) {
            this.dataSource = dataSource;
        }
    }

    private final Path directory;
    private final StatementHandleRepository repository;
    private boolean closed;

    private EmbeddedHandleStore(Path directory, StatementHandleRepository repository) {
        this.directory = directory;
        this.repository = repository;
    }

    /**
     * Opens the store, or makes it; takes no statement ids with a secret.
     *
     * @param dataDir directory for its file, made if missing; only for this application
     * @throws HandleRepositoryException if the directory cannot be used, another process has the store open, or H2 is not
     *     on the class path
     */
    public static EmbeddedHandleStore open(Path dataDir) {
        return open(dataDir, StatementIdCipher.none());
    }

    /**
     * Opens the store, or makes it. The first in this process to open it knows that its predecessor is dead, since only one
     * process can have the file: it ends all epochs, so that nobody waits for a lease to run out.
     *
     * @param cipher for ids of statements over Thrift
     */
    public static EmbeddedHandleStore open(Path dataDir, StatementIdCipher cipher) {
        requireH2();
        Path directory = made(dataDir);
        synchronized (OPEN) {
            Shared shared = OPEN.get(directory);
            boolean first = shared == null;
            if (first) {
                shared = new Shared(connected(directory));
            }
            try {
                JdbcStatementHandleRepository repository =
                        new JdbcStatementHandleRepository(shared.dataSource, true, cipher);
                if (first) {
                    repository.endAllEpochs();
                    OPEN.put(directory, shared);
                }
                shared.users++;
                return new EmbeddedHandleStore(directory, repository);
            } catch (RuntimeException e) {
                if (first) {
                    shared.dataSource.close();
                }
                throw e;
            }
        }
    }

    /** Works until {@link #close()}. */
    public StatementHandleRepository repository() {
        return repository;
    }

    /** Gives the file free, if nobody else in this process has it open. */
    @Override
    public void close() {
        synchronized (OPEN) {
            if (closed) {
                return;
            }
            closed = true;
            Shared shared = OPEN.get(directory);
            if (--shared.users == 0) {
                OPEN.remove(directory);
                shared.dataSource.close();
            }
        }
    }

    private static void requireH2() {
        try {
            Class.forName("org.h2.Driver", false, EmbeddedHandleStore.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new HandleRepositoryException(
                    "The embedded store of handles needs H2: add com.h2database:h2 to the class path, or keep the handles"
                            + " in PostgreSQL",
                    e);
        }
    }

    /** With links resolved, so that one directory has one name. */
    private static Path made(Path dataDir) {
        if (dataDir.toString().indexOf(';') >= 0) {
            throw new IllegalArgumentException("The path of the handle store must not contain ';'");
        }
        try {
            return Files.createDirectories(dataDir).toRealPath();
        } catch (IOException e) {
            throw new HandleRepositoryException(
                    "The directory of the handle store, " + dataDir + ", cannot be made", e);
        }
    }

    private static HikariDataSource connected(Path directory) {
        try {
            return dataSource(directory);
        } catch (HikariPool.PoolInitializationException e) {
            throw new HandleRepositoryException(
                    "The handle store in " + directory + " cannot be opened"
                            + (isLocked(e)
                                    ? ", since another process uses it: give each process a dataDir of its own, or keep"
                                            + " the handles of all in one PostgreSQL"
                                    : ""),
                    e);
        }
    }

    private static boolean isLocked(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() == LOCKED) {
                return true;
            }
        }
        return false;
    }

    static HikariDataSource dataSource(Path directory) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("databricks-handles");
        // retry: an interrupted thread closes the file under H2, and every other thread would find the database closed
        // DB_CLOSE_ON_EXIT: else H2's shutdown hook closes it while routes are still being stopped
        config.setJdbcUrl("jdbc:h2:retry:" + directory.resolve(FILE) + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
        config.setUsername("sa");
        config.setPassword("");
        config.setMaximumPoolSize(CONNECTIONS);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        return new HikariDataSource(config);
    }
}
