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
import java.time.Duration;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.StatementHandleRepositoryContract;

class H2HandleRepositoryTest extends StatementHandleRepositoryContract {

    @TempDir
    Path dataDir;

    private HikariDataSource dataSource;

    @Override
    protected StatementHandleRepository create() {
        dataSource = EmbeddedHandleStore.dataSource(dataDir);
        return new JdbcStatementHandleRepository(dataSource);
    }

    @Override
    protected void advance(Duration time) {
        TestDatabase.makeOlder(dataSource, time);
    }

    @AfterEach
    void close() {
        dataSource.close();
    }
}
