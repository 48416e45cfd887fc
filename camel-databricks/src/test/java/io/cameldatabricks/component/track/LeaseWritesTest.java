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
package io.cameldatabricks.component.track;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.jdbc.JdbcStatementHandleRepository;
import io.cameldatabricks.component.retry.VirtualTime;

import static org.assertj.core.api.Assertions.assertThat;

/** What a node writes to keep its lease, counted at the database. */
class LeaseWritesTest {

    private static final int HANDLES = 200;

    @TempDir
    private Path directory;

    private final List<String> statements = new CopyOnWriteArrayList<>();
    private JdbcConnectionPool database;

    @BeforeEach
    void open() {
        database = JdbcConnectionPool.create(
                "jdbc:h2:file:" + directory.resolve("handles").toAbsolutePath() + ";WRITE_DELAY=0", "sa", "");
    }

    @AfterEach
    void close() {
        database.dispose();
    }

    /** Writes down every statement that is prepared. */
    private DataSource counting() {
        return proxy(DataSource.class, database, "getConnection");
    }

    @SuppressWarnings("unchecked")
    private <T> T proxy(Class<T> type, Object target, String wrapped) {
        return (T) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (method.getName().equals("prepareStatement")) {
                statements.add(((String) args[0]).toLowerCase(Locale.ROOT));
            }
            try {
                Object result = method.invoke(target, args);
                return method.getName().equals(wrapped) ? proxy(Connection.class, result, "none") : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private List<String> writes(String table) {
        return statements.stream()
                .filter(sql -> sql.startsWith("update " + table)
                        || sql.startsWith("insert into " + table)
                        || sql.startsWith("delete from " + table)
                        || sql.contains("final table (") && sql.contains("update " + table))
                .toList();
    }

    private int writesInAMinute(int handles) throws Exception {
        VirtualTime time = VirtualTime.begin();
        VirtualWarehouse warehouse = new VirtualWarehouse(time);
        warehouse.duration = Duration.ofHours(1);
        TrackedNode node = new TrackedNode(
                "node" + handles, time, new JdbcStatementHandleRepository(counting()), warehouse, NodeLease.SHORTEST);
        for (int i = 0; i < handles; i++) {
            node.submit().get();
        }
        assertThat(node.tracker.size()).isEqualTo(handles);
        statements.clear();
        time.advance(Duration.ofMinutes(1));
        assertThat(writes("databricks_handle")).isEmpty();
        int writes = writes("databricks_node").size();
        node.freeze();
        return writes;
    }

    @Test
    void shouldWriteAtMostOnceASecondWhateverTheNumberOfHandles() throws Exception {
        assertThat(writesInAMinute(0)).isBetween(59, 60);
        assertThat(writesInAMinute(HANDLES)).isBetween(59, 60);
        assertThat(statements).anyMatch(sql -> sql.startsWith("select"));
    }
}
