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
package io.cameldatabricks.component.store;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.StatementIdCipher;
import io.cameldatabricks.component.repository.memory.MemoryStatementHandleRepository;
import io.cameldatabricks.component.source.DataSourceKind;

/** Where the handles of an endpoint are kept, chosen from its options and the beans of the registry; nothing is opened. */
public sealed interface RepositoryChoice {

    /** Of the process, if {@code durable} is not set. */
    record Memory() implements RepositoryChoice {}

    /** A bean that somebody else has made and closes. Compared by identity. */
    record Bean(StatementHandleRepository repository) implements RepositoryChoice {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bean bean && bean.repository == repository;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(repository);
        }
    }

    /**
     * A database of the application. Compared by identity.
     *
     * @param name of the bean, for people
     */
    record Database(String name, DataSource dataSource, StatementIdCipher cipher) implements RepositoryChoice {
        @Override
        public boolean equals(Object other) {
            return other instanceof Database database && database.dataSource == dataSource && database.cipher == cipher;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(dataSource);
        }
    }

    /** The embedded store in a directory. */
    record Embedded(Path directory, StatementIdCipher cipher) implements RepositoryChoice {
        @Override
        public boolean equals(Object other) {
            return other instanceof Embedded embedded
                    && embedded.directory.equals(directory)
                    && embedded.cipher == cipher;
        }

        @Override
        public int hashCode() {
            return directory.hashCode();
        }
    }

    /** Where the embedded store is if {@code dataDir} does not say: in the working directory of the process. */
    Path DEFAULT_DIRECTORY = Path.of("databricks-handles");

    /**
     * What options say.
     *
     * @param durable whether handles must survive the end of the process
     * @param dataDir of the endpoint, or null
     * @param commonDataDir of all endpoints, which need not want it; or null
     * @param repository or null
     * @param cipher or null
     */
    record Wanted(
            boolean durable,
            String dataDir,
            String commonDataDir,
            StatementHandleRepository repository,
            StatementIdCipher cipher) {
        public Wanted {
            dataDir = blankToNull(dataDir);
            commonDataDir = blankToNull(commonDataDir);
        }
    }

    /**
     * What the registry holds.
     *
     * @param repositories by name
     * @param dataSources by name, without those that statements run on
     * @param cipher the only one, or null
     */
    record Beans(
            Map<String, StatementHandleRepository> repositories,
            Map<String, DataSource> dataSources,
            StatementIdCipher cipher) {
        public Beans {
            repositories = new LinkedHashMap<>(repositories);
            dataSources = new LinkedHashMap<>(dataSources);
        }
    }

    /** @throws IllegalArgumentException in one sentence, when options or beans contradict each other */
    static RepositoryChoice of(Wanted wanted, Beans beans) {
        if (wanted.repository() != null) {
            return given(wanted.repository(), "the option handleRepository", wanted);
        }
        if (beans.repositories().size() == 1) {
            Map.Entry<String, StatementHandleRepository> only =
                    beans.repositories().entrySet().iterator().next();
            return given(only.getValue(), "the only StatementHandleRepository, " + only.getKey() + ",", wanted);
        }
        if (!wanted.durable()) {
            if (wanted.dataDir() != null && !wanted.dataDir().equals(wanted.commonDataDir())) {
                throw new IllegalArgumentException(
                        "The option dataDir is given, but durable is not: add durable=true.");
            }
            return new Memory();
        }
        if (beans.repositories().size() > 1) {
            throw new IllegalArgumentException("The option durable=true finds several repositories, "
                    + String.join(" and ", beans.repositories().keySet()) + ": choose one with handleRepository.");
        }
        StatementIdCipher cipher = wanted.cipher() != null
                ? wanted.cipher()
                : Objects.requireNonNullElse(beans.cipher(), StatementIdCipher.none());
        return wanted.dataDir() == null
                ? found(beans.dataSources(), cipher)
                : embedded(Path.of(wanted.dataDir()), cipher);
    }

    private static RepositoryChoice given(StatementHandleRepository repository, String where, Wanted wanted) {
        if (wanted.dataDir() != null) {
            throw new IllegalArgumentException(
                    "Both " + where + " and dataDir say where handles are kept: remove one.");
        }
        if (wanted.cipher() != null) {
            throw new IllegalArgumentException("Both " + where
                    + " and statementIdCipher are given: give the cipher to the repository where it is made.");
        }
        if (wanted.durable() && repository instanceof MemoryStatementHandleRepository) {
            throw new IllegalArgumentException("The option durable=true is given, but " + where
                    + " keeps handles in memory: remove one of the two.");
        }
        return new Bean(repository);
    }

    private static RepositoryChoice found(Map<String, DataSource> dataSources, StatementIdCipher cipher) {
        Map<String, DataSource> stores = of(dataSources, DataSourceKind.HANDLE_STORE);
        Map<String, DataSource> unknown = of(dataSources, DataSourceKind.UNKNOWN);
        if (stores.size() > 1) {
            throw new IllegalArgumentException("The option durable=true finds several data sources for handles, "
                    + String.join(" and ", stores.keySet())
                    + ": choose with handleRepository=#<a JdbcStatementHandleRepository>, or give dataDir.");
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("The option durable=true finds the data source "
                    + String.join(" and ", unknown.keySet())
                    + ", which does not tell its database without a connection: choose with"
                    + " handleRepository=#<a JdbcStatementHandleRepository>, or give dataDir.");
        }
        for (Map.Entry<String, DataSource> only : stores.entrySet()) {
            return new Database(only.getKey(), only.getValue(), cipher);
        }
        return embedded(DEFAULT_DIRECTORY, cipher);
    }

    private static RepositoryChoice embedded(Path directory, StatementIdCipher cipher) {
        return new Embedded(directory.toAbsolutePath().normalize(), cipher);
    }

    private static Map<String, DataSource> of(Map<String, DataSource> all, DataSourceKind kind) {
        Map<String, DataSource> found = new LinkedHashMap<>();
        all.forEach((name, dataSource) -> {
            if (DataSourceKind.of(dataSource) == kind) {
                found.put(name, dataSource);
            }
        });
        return found;
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }
}
