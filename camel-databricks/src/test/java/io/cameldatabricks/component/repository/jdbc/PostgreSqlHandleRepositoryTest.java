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

import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.repository.HandleRepositoryException;
import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.SampleHandles;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.StatementHandleRepositoryContract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PostgreSqlHandleRepositoryTest extends StatementHandleRepositoryContract {

    private final DataSource dataSource = PostgreSqlServer.dataSource();

    @Override
    protected StatementHandleRepository create() {
        TestDatabase.clear(dataSource);
        return new JdbcStatementHandleRepository(dataSource);
    }

    @Override
    protected void advance(Duration time) {
        TestDatabase.makeOlder(dataSource, time);
    }

    /** As one that is stopped with SIGSTOP, or cut off without a word, in the middle of a transaction. */
    @Test
    void shouldNotWaitForTheLocksOfANodeThatStandsStill() throws Exception {
        StatementHandleRepository repository = create();
        NodeLease still = repository.join("still", LEASE);
        NodeLease well = repository.join("well", LEASE);
        repository.add(still, SampleHandles.intent("k1"));
        advance(LEASE.plusMinutes(1));
        assertThat(repository.renew(well)).isTrue();
        HandleDatabase database = new HandleDatabase(dataSource);
        database.prepare(false);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        CompletableFuture<Void> node = CompletableFuture.runAsync(() -> database.inTransaction("", connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("update databricks_node set node = node");
                statement.execute("update databricks_handle set version = version");
                locked.countDown();
                goesOn.await();
                return null;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        locked.await();

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> repository
                                .takeOver(well, List.of(SampleHandles.NAME), 10)
                                .rows()
                        == 1);

        goesOn.countDown();
        assertThatThrownBy(node::join)
                .as("its transaction is over")
                .hasCauseInstanceOf(HandleRepositoryException.class);
    }
}
