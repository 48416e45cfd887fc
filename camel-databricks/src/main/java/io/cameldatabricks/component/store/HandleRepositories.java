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

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.jdbc.EmbeddedHandleStore;
import io.cameldatabricks.component.repository.jdbc.JdbcStatementHandleRepository;

/**
 * The repositories of handles that a component has opened: one for each place, whatever the number of endpoints. Safe for
 * many threads.
 */
public final class HandleRepositories implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HandleRepositories.class);

    private final StatementHandleRepository memory;
    private final BiConsumer<String, StatementHandleRepository> news;

    // guarded by this
    private final Map<RepositoryChoice, Opened> opened = new HashMap<>();
    private final Map<String, RepositoryChoice> byName = new HashMap<>();
    private boolean closed;

    private record Opened(StatementHandleRepository repository, Runnable close) {}

    /**
     * @param memory for those who ask for no other
     * @param news is told of each name, and where its handles are kept
     */
    public HandleRepositories(StatementHandleRepository memory, BiConsumer<String, StatementHandleRepository> news) {
        this.news = news;
        this.memory = memory;
    }

    /**
     * Opens a repository, if nobody has done so before. Blocks as the database does.
     *
     * @throws IllegalArgumentException if the database would lose what it acknowledges
     * @throws io.cameldatabricks.component.repository.HandleRepositoryException if it is out of reach, or another process
     *     uses the directory
     */
    synchronized StatementHandleRepository open(RepositoryChoice choice) {
        if (closed) {
            throw new IllegalStateException("The component is stopped, and its handles are closed");
        }
        Opened known = opened.get(choice);
        if (known == null) {
            known = opened(choice);
            opened.put(choice, known);
        }
        return known.repository();
    }

    /**
     * As {@link #open}, for those who submit under a name or deliver what was submitted under it.
     *
     * @param name of the endpoint
     */
    public synchronized StatementHandleRepository open(String name, RepositoryChoice choice) {
        StatementHandleRepository repository = open(choice);
        RepositoryChoice other = byName.put(name, choice);
        if (other == null) {
            news.accept(name, repository);
        }
        if (other != null && !other.equals(choice)) {
            LOG.warn(
                    "Two endpoints named {} keep their handles in different places, so that one never delivers what the"
                            + " other submits: give both the same durable, dataDir and handleRepository",
                    name);
        }
        return repository;
    }

    /** Where the handles of each name are kept that was asked for. */
    public synchronized Map<String, StatementHandleRepository> byName() {
        Map<String, StatementHandleRepository> repositories = new TreeMap<>();
        byName.forEach((name, choice) -> {
            Opened known = opened.get(choice);
            if (known != null) {
                repositories.put(name, known.repository());
            }
        });
        return repositories;
    }

    private Opened opened(RepositoryChoice choice) {
        if (choice instanceof RepositoryChoice.Bean bean) {
            return new Opened(bean.repository(), () -> {});
        }
        if (choice instanceof RepositoryChoice.Database database) {
            LOG.info("Handles are kept in the database of the data source {}", database.name());
            return new Opened(
                    new JdbcStatementHandleRepository(database.dataSource(), true, database.cipher()), () -> {});
        }
        if (choice instanceof RepositoryChoice.Embedded embedded) {
            EmbeddedHandleStore store = EmbeddedHandleStore.open(embedded.directory(), embedded.cipher());
            LOG.info("Handles are kept in {}", embedded.directory());
            return new Opened(store.repository(), store::close);
        }
        return new Opened(memory, () -> {});
    }

    /** Closes what was opened here; every node must have left. */
    @Override
    public void close() {
        Map<RepositoryChoice, Opened> all;
        synchronized (this) {
            closed = true;
            all = new HashMap<>(opened);
            opened.clear();
        }
        all.values().forEach(each -> each.close().run());
    }
}
