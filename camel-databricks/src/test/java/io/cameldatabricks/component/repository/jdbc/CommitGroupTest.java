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

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CommitGroupTest {

    private static final String INSERT = "insert into t (k) values (?)";
    private static final int THREADS = 16;
    private static final int WRITES = 100;

    @TempDir
    Path dir;

    private HikariDataSource dataSource;
    private CommitGroup group;

    @BeforeEach
    void open() {
        dataSource = EmbeddedHandleStore.dataSource(dir);
        TestDatabase.execute(dataSource, "create table t (k varchar(20) primary key)");
        TestDatabase.execute(dataSource, "insert into t values ('taken')");
        group = new CommitGroup(new HandleDatabase(dataSource));
    }

    @AfterEach
    void close() {
        dataSource.close();
    }

    @Test
    void shouldTellEachWriterItsOwnOutcome() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<Integer>> refused = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            refused.add(threads.submit(() -> writeAndCountRefusals(number)));
        }
        for (Future<Integer> count : refused) {
            assertThat(count.get()).isEqualTo(WRITES / 10);
        }
        threads.shutdownNow();
        assertThat(rows()).isEqualTo(1 + THREADS * WRITES * 9 / 10);
    }

    @Test
    void shouldLeadAgainAfterAFailure() throws Exception {
        assertThatThrownBy(() -> group.write(INSERT, p -> p.text("taken"))).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> group.write(INSERT, p -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(SQLException.class)
                .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThat(group.write(INSERT, p -> p.text("free"))).isEqualTo(1);
        assertThat(group.write("delete from t where k = ?", p -> p.text("nothing")))
                .isZero();
        dataSource.close();
        assertThatThrownBy(() -> group.write(INSERT, p -> p.text("late"))).isInstanceOf(SQLException.class);
    }

    private int writeAndCountRefusals(int number) {
        int refused = 0;
        for (int i = 0; i < WRITES; i++) {
            String key = i % 10 == 0 ? "taken" : number + "-" + i;
            try {
                assertThat(group.write(INSERT, p -> p.text(key))).isEqualTo(1);
                assertThat(i % 10).as("a key that was taken is refused").isNotZero();
            } catch (SQLException e) {
                assertThat(e.getSQLState()).isEqualTo("23505");
                refused++;
            }
        }
        return refused;
    }

    private int rows() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                ResultSet count = connection.createStatement().executeQuery("select count(*) from t")) {
            count.next();
            return count.getInt(1);
        }
    }
}
