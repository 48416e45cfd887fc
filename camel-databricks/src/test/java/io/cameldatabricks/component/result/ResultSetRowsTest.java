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
package io.cameldatabricks.component.result;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ResultSetRowsTest {

    @RegisterExtension
    static final LocalWarehouse WAREHOUSE = LocalWarehouse.scripted();

    private final AtomicInteger closes = new AtomicInteger();
    private Connection connection;
    private Statement statement;
    private ResultSet resultSet;

    @BeforeEach
    void run() throws SQLException {
        WAREHOUSE.script(Script.statement("SELECT id, name FROM t")
                .column("id", "INT")
                .column("name", "STRING")
                .row(1, "one")
                .row(2, null));
        connection = DriverManager.getConnection(WAREHOUSE.jdbcUrl());
        statement = connection.createStatement();
        resultSet = statement.executeQuery("SELECT id, name FROM t");
    }

    @AfterEach
    void close() throws SQLException {
        statement.close();
        connection.close();
    }

    private ResultSetRows rows(ResultSet source) {
        return new ResultSetRows(source, closes::incrementAndGet);
    }

    /** The result set with one method that fails. */
    private ResultSet failing(String method, Throwable failure) {
        return (ResultSet) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ResultSet.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        throw failure;
                    }
                    try {
                        return called.invoke(resultSet, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void shouldGiveTheRowsAndCloseItselfAfterTheLast() throws SQLException {
        ResultSetRows rows = rows(resultSet);
        List<Row> list = new ArrayList<>();

        assertThat(rows.schema().columns()).containsExactly(new Column("id", "INT"), new Column("name", "STRING"));
        rows.forEachRemaining(list::add);

        assertThat(list).containsExactly(Row.of(rows.schema(), 1, "one"), Row.of(rows.schema(), 2, null));
        assertThat(list.get(0).schema()).isSameAs(list.get(1).schema());
        assertThat(closes).hasValue(1);
        assertThat(resultSet.isClosed()).isTrue();
        assertThat(rows.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(rows::next);
    }

    @Test
    void shouldReadARowOnlyWhenAsked() throws SQLException {
        ResultSetRows rows = rows(resultSet);

        assertThat(resultSet.isBeforeFirst()).isTrue();
        assertThat(rows.hasNext()).isTrue();
        assertThat(rows.hasNext()).isTrue();
        assertThat(rows.next().get("id")).isEqualTo(1);
        assertThat(rows.next().get("id")).isEqualTo(2);
        assertThat(closes).hasValue(0);
    }

    @Test
    void shouldCloseOnceWhenStoppedEarly() throws SQLException {
        ResultSetRows rows = rows(resultSet);
        rows.next();

        rows.close();
        rows.close();

        assertThat(closes).hasValue(1);
        assertThat(resultSet.isClosed()).isTrue();
        assertThat(rows.hasNext()).isFalse();
        assertThatIllegalStateException().isThrownBy(rows::next);
    }

    @Test
    void shouldRefuseARowThatWasReadyBeforeTheClose() {
        ResultSetRows rows = rows(resultSet);
        assertThat(rows.hasNext()).isTrue();

        rows.close();

        assertThat(rows.hasNext()).isFalse();
        assertThatIllegalStateException().isThrownBy(rows::next);
    }

    @Test
    void shouldCloseAfterAFailure() {
        SQLException failure = new SQLException("link lost", "08S01");
        ResultSetRows rows = rows(failing("next", failure));

        assertThatExceptionOfType(ResultReadException.class)
                .isThrownBy(rows::hasNext)
                .withCause(failure);
        assertThat(closes).hasValue(1);
        assertThatIllegalStateException().isThrownBy(rows::next);
    }

    @Test
    void shouldCloseWhenACellCannotBeRead() {
        IllegalStateException failure = new IllegalStateException("unchecked, as the driver's are");
        ResultSetRows rows = rows(failing("getObject", failure));

        assertThatExceptionOfType(ResultReadException.class)
                .isThrownBy(rows::next)
                .withCause(failure);
        assertThat(closes).hasValue(1);
    }

    @Test
    void shouldCloseWhenTheColumnsCannotBeRead() {
        SQLException failure = new SQLException("no metadata");

        assertThatExceptionOfType(ResultReadException.class)
                .isThrownBy(() -> rows(failing("getMetaData", failure)))
                .withCause(failure);
        assertThat(closes).hasValue(1);
    }

    @Test
    void shouldNotThrowFromClose() {
        ResultSetRows unchecked = rows(failing("close", new IllegalStateException("404")));
        ResultSetRows checked = rows(failing("close", new SQLException("gone")));
        ResultSetRows listener = new ResultSetRows(resultSet, () -> {
            closes.incrementAndGet();
            throw new IllegalStateException("pool closed");
        });

        assertThatCode(unchecked::close).doesNotThrowAnyException();
        assertThatCode(checked::close).doesNotThrowAnyException();
        assertThatCode(listener::close).doesNotThrowAnyException();
        assertThat(closes).hasValue(3);
    }

    @Test
    void shouldCloseOnceFromManyThreads() throws InterruptedException {
        ResultSetRows rows = rows(resultSet);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(rows::close);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(closes).hasValue(1);
    }
}
