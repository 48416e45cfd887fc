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

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import io.cameldatabricks.component.repository.RepositoryModelProperties;
import io.cameldatabricks.component.repository.StatementHandleRepository;

class PostgreSqlModelTest extends RepositoryModelProperties {

    private final DataSource dataSource = PostgreSqlServer.dataSource();

    @Property(tries = 100)
    void shouldDoWhatTheModelDoes(@ForAll("sequences") List<Step> steps) {
        shouldAnswerAsTheModel(steps);
    }

    @Provide
    Arbitrary<List<Step>> sequences() {
        return anySequence(1);
    }

    @Override
    protected StatementHandleRepository create() {
        TestDatabase.clear(dataSource);
        return new JdbcStatementHandleRepository(dataSource);
    }

    @Override
    protected StatementHandleRepository reopen(StatementHandleRepository before) {
        return new JdbcStatementHandleRepository(dataSource);
    }

    @Override
    protected void advance(Duration time) {
        TestDatabase.makeOlder(dataSource, time);
    }
}
