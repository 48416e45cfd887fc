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

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.component.repository.HandleRepositoryException;
import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.SampleHandles;
import io.cameldatabricks.component.repository.Takeover;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The connection breaks at the commit, as it does when a database fails over: was it done or not? */
class UnansweredCommitTest {

    private static final Duration LEASE = Duration.ofMinutes(5);

    /** What becomes of the next commit. */
    private enum Commit {
        DONE,
        DONE_WITHOUT_ANSWER,
        LOST
    }

    @Nested
    class OnH2 extends Contract {

        @TempDir
        Path dataDir;

        @Override
        DataSource open() {
            return EmbeddedHandleStore.dataSource(dataDir);
        }

        @AfterEach
        void close() {
            ((HikariDataSource) database).close();
        }
    }

    @Nested
    class OnPostgreSql extends Contract {

        @Override
        DataSource open() {
            TestDatabase.clear(PostgreSqlServer.dataSource());
            return PostgreSqlServer.dataSource();
        }
    }

    abstract static class Contract {

        DataSource database;
        private Commit next = Commit.DONE;
        private JdbcStatementHandleRepository repository;
        private NodeLease node;

        abstract DataSource open();

        @BeforeEach
        void prepare() {
            database = open();
            repository = new JdbcStatementHandleRepository(proxy(
                    DataSource.class,
                    database,
                    (name, answer) ->
                            name.equals("getConnection") ? breaking((Connection) answer.call()) : answer.call()));
            node = repository.join("a", LEASE);
        }

        private Connection breaking(Connection connection) {
            return proxy(Connection.class, connection, (name, answer) -> {
                Commit now = next;
                if (!name.equals("commit") || now == Commit.DONE) {
                    return answer.call();
                }
                next = Commit.DONE;
                if (now == Commit.DONE_WITHOUT_ANSWER) {
                    answer.call();
                } else {
                    connection.rollback();
                }
                throw new SQLException("the connection broke", "08006");
            });
        }

        private StatementHandle ended(NodeLease owner, String key) {
            StatementHandle submitted = SampleHandles.submitted(SampleHandles.intent(key));
            repository.add(owner, SampleHandles.intent(key));
            repository.update(owner, submitted, 0);
            StatementHandle ended = SampleHandles.succeeded(submitted);
            repository.update(owner, ended, 1);
            return ended;
        }

        private List<StatementHandle> claim() {
            return repository.claim(node, SampleHandles.NAME, 10);
        }

        private Takeover takeOver() {
            return repository.takeOver(node, List.of(SampleHandles.NAME), 10);
        }

        @Test
        void shouldFreeWhatItClaimedWithoutKnowing() {
            ended(node, "k1");
            next = Commit.DONE_WITHOUT_ANSWER;
            assertThatThrownBy(this::claim).isInstanceOf(HandleRepositoryException.class);
            assertThat(claim()).as("nobody knows that it is claimed").isEmpty();

            assertThat(takeOver().rows()).isEqualTo(1);

            List<StatementHandle> claimed = claim();
            assertThat(claimed).extracting(StatementHandle::key).containsExactly("k1");
            assertThat(claimed.get(0).delivery().count())
                    .as("no route has seen it before")
                    .isEqualTo(1);
        }

        @Test
        void shouldNotFreeWhatItClaimsAfterACommitThatWasLost() {
            ended(node, "k1");
            next = Commit.LOST;
            assertThatThrownBy(this::claim).isInstanceOf(HandleRepositoryException.class);
            List<StatementHandle> claimed = claim();
            assertThat(claimed).hasSize(1);

            takeOver();

            assertThat(claim()).as("it is being delivered").isEmpty();
            assertThat(repository.update(
                            node,
                            claimed.get(0).withConfirmed(SampleHandles.AT),
                            claimed.get(0).version()))
                    .isTrue();
        }

        @Test
        void shouldLookAgainWhenThatIsNotAnsweredEither() {
            ended(node, "k1");
            next = Commit.DONE_WITHOUT_ANSWER;
            assertThatThrownBy(this::claim).isInstanceOf(HandleRepositoryException.class);
            next = Commit.LOST;
            assertThatThrownBy(this::takeOver).isInstanceOf(HandleRepositoryException.class);

            takeOver();

            assertThat(claim()).hasSize(1);
        }

        @Test
        void shouldWatchWhatItTookOverWithoutKnowing() {
            NodeLease dead = repository.join("b", LEASE);
            StatementHandle submitted = SampleHandles.submitted(SampleHandles.intent("k1"));
            repository.add(dead, SampleHandles.intent("k1"));
            repository.update(dead, submitted, 0);
            repository.add(dead, SampleHandles.intent("k2"));
            repository.leave(dead);
            next = Commit.DONE_WITHOUT_ANSWER;
            assertThatThrownBy(this::takeOver).isInstanceOf(HandleRepositoryException.class);

            Takeover taken = takeOver();

            assertThat(taken.owned()).extracting(StatementHandle::key).containsExactly("k1", "k2");
            assertThat(taken.ages()).containsOnlyKeys("k2");
            assertThat(takeOver().rows()).as("once is enough").isZero();
            assertThat(repository.update(node, SampleHandles.succeeded(submitted), 1))
                    .isTrue();
        }

        @Test
        void shouldLeaveToOthersWhatItHeldBeforeItWasDeclaredDead() {
            ended(node, "k1");
            next = Commit.DONE_WITHOUT_ANSWER;
            assertThatThrownBy(this::claim).isInstanceOf(HandleRepositoryException.class);
            NodeLease again = repository.join("a", LEASE);

            assertThat(takeOver().rows()).isZero();

            assertThat(repository
                            .takeOver(again, List.of(SampleHandles.NAME), 10)
                            .rows())
                    .isEqualTo(1);
            assertThat(repository.list(SampleHandles.NAME, HandleState.COMPLETED, 10))
                    .hasSize(1);
        }

        /** Of an application's pool that does not see to that, and whose other users want another isolation. */
        @Test
        void shouldGiveConnectionsBackAsTheyWere() throws SQLException {
            try (Connection only = database.getConnection()) {
                only.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                JdbcStatementHandleRepository shared = new JdbcStatementHandleRepository(proxy(
                        DataSource.class,
                        database,
                        (name, answer) -> name.equals("getConnection") ? unclosed(only) : answer.call()));
                NodeLease lease = shared.join("b", LEASE);
                shared.claim(lease, SampleHandles.NAME, 1);

                assertThat(only.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                assertThat(only.getAutoCommit()).isTrue();

                only.setAutoCommit(false);
                shared.takeOver(lease, List.of(SampleHandles.NAME), 1);

                assertThat(only.getAutoCommit()).isFalse();
                only.setAutoCommit(true);
            }
        }

        private static Connection unclosed(Connection connection) {
            return proxy(Connection.class, connection, (name, answer) -> name.equals("close") ? null : answer.call());
        }

        private interface Answer {
            Object call() throws Throwable;
        }

        private interface Interceptor {
            Object intercept(String method, Answer answer) throws Throwable;
        }

        private static <T> T proxy(Class<T> type, T target, Interceptor interceptor) {
            InvocationHandler handler = (proxy, method, args) -> interceptor.intercept(method.getName(), () -> {
                try {
                    return method.invoke(target, args);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }
    }
}
