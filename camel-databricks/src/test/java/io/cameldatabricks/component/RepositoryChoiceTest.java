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
package io.cameldatabricks.component;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

import io.cameldatabricks.component.repository.AesGcmStatementIdCipher;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.StatementIdCipher;
import io.cameldatabricks.component.repository.memory.MemoryStatementHandleRepository;
import io.cameldatabricks.component.source.DataSourceKind;
import io.cameldatabricks.component.store.RepositoryChoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which beans and options decide where handles are kept, and that they are never kept in a workspace. */
class RepositoryChoiceTest {

    private final DatabricksWatchOptions defaults = new DatabricksWatchOptions();
    private final DatabricksWatchOptions options = new DatabricksWatchOptions();
    private final Map<String, StatementHandleRepository> repositories = new LinkedHashMap<>();
    private final Map<String, DataSource> dataSources = new LinkedHashMap<>();
    private StatementIdCipher cipher;

    private final DataSource postgreSql = new PGSimpleDataSource();
    private final DataSource h2 = h2();
    private final DataSource databricks = hikari("jdbc:databricks://host.example.com:443/default");
    private final DataSource opaque = DataSources.opaque(h2);

    private static DataSource h2() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setUrl("jdbc:h2:file:/nowhere/handles");
        return dataSource;
    }

    /** Not started: it connects when it is first asked for a connection. */
    private static DataSource hikari(String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        return pool;
    }

    /** One of the user's own. */
    private static StatementHandleRepository foreign() {
        return (StatementHandleRepository) Proxy.newProxyInstance(
                RepositoryChoiceTest.class.getClassLoader(),
                new Class<?>[] {StatementHandleRepository.class},
                (proxy, method, args) -> {
                    throw new AssertionError("Nothing is opened to choose");
                });
    }

    private RepositoryChoice choose() {
        return RepositoryChoice.of(
                SettingsFactory.handles(options, defaults),
                new RepositoryChoice.Beans(repositories, dataSources, cipher));
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(this::choose)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void shouldTellTheKindOfADataSourceWithoutAConnection() throws Exception {
        assertThat(DataSourceKind.of(postgreSql)).isEqualTo(DataSourceKind.HANDLE_STORE);
        assertThat(DataSourceKind.of(h2)).isEqualTo(DataSourceKind.HANDLE_STORE);
        assertThat(DataSourceKind.of(JdbcConnectionPool.create("jdbc:h2:mem:x", "sa", "")))
                .isEqualTo(DataSourceKind.HANDLE_STORE);
        assertThat(DataSourceKind.of(databricks)).isEqualTo(DataSourceKind.DATABRICKS);
        assertThat(DataSourceKind.of(new com.databricks.client.jdbc.DataSource()))
                .isEqualTo(DataSourceKind.DATABRICKS);
        assertThat(DataSourceKind.of(hikari("JDBC:spark://host.example.com"))).isEqualTo(DataSourceKind.DATABRICKS);
        assertThat(DataSourceKind.of(hikari("jdbc:postgresql://host.example.com/app")))
                .isEqualTo(DataSourceKind.HANDLE_STORE);
        assertThat(DataSourceKind.of(hikari("jdbc:mysql://host.example.com/app")))
                .isEqualTo(DataSourceKind.OTHER);
        assertThat(DataSourceKind.of(opaque)).isEqualTo(DataSourceKind.UNKNOWN);
    }

    @Test
    void shouldLookThroughPoolsAndWrappers() {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(databricks);
        assertThat(DataSourceKind.of(pool)).isEqualTo(DataSourceKind.DATABRICKS);
        assertThat(DataSourceKind.of(new Wrapping(databricks))).isEqualTo(DataSourceKind.DATABRICKS);
        assertThat(DataSourceKind.of(new Wrapping(new Wrapping(postgreSql)))).isEqualTo(DataSourceKind.HANDLE_STORE);
        assertThat(DataSourceKind.of(new TransactionAwareWrapping(postgreSql))).isEqualTo(DataSourceKind.UNKNOWN);
    }

    @Test
    void shouldKeepHandlesInMemoryUnlessTold() {
        dataSources.put("pg", postgreSql);
        assertThat(choose()).isEqualTo(new RepositoryChoice.Memory());
    }

    @Test
    void shouldPreferTheGivenRepositoryThenTheOnlyBeanThenADataSourceThenAFile() {
        StatementHandleRepository given = foreign();
        StatementHandleRepository bean = foreign();
        options.setDurable(true);
        assertThat(choose())
                .isEqualTo(new RepositoryChoice.Embedded(
                        Path.of("databricks-handles").toAbsolutePath(), StatementIdCipher.none()));
        dataSources.put("pg", postgreSql);
        assertThat(choose()).isEqualTo(new RepositoryChoice.Database("pg", postgreSql, StatementIdCipher.none()));
        repositories.put("bean", bean);
        assertThat(choose()).isEqualTo(new RepositoryChoice.Bean(bean));
        options.setHandleRepository(given);
        assertThat(choose()).isEqualTo(new RepositoryChoice.Bean(given));
    }

    @Test
    void shouldTakeADirectoryBeforeADataSourceThatItWouldHaveToLookFor() {
        options.setDurable(true);
        options.setDataDir("here");
        dataSources.put("pg", postgreSql);
        dataSources.put("who", opaque);
        assertThat(choose())
                .isEqualTo(new RepositoryChoice.Embedded(Path.of("here").toAbsolutePath(), StatementIdCipher.none()));
    }

    @Test
    void shouldNeverKeepHandlesInAWorkspaceOrAnotherDatabase() {
        options.setDurable(true);
        dataSources.put("warehouse", databricks);
        dataSources.put("mysql", hikari("jdbc:mysql://host.example.com/app"));
        assertThat(choose()).isInstanceOf(RepositoryChoice.Embedded.class);
        dataSources.put("pg", postgreSql);
        assertThat(choose()).isEqualTo(new RepositoryChoice.Database("pg", postgreSql, StatementIdCipher.none()));
    }

    @Test
    void shouldNotGuess() {
        options.setDurable(true);
        dataSources.put("who", opaque);
        assertRefused("durable=true", "who", "handleRepository", "dataDir");
        dataSources.clear();
        dataSources.put("pg", postgreSql);
        dataSources.put("h2", h2);
        assertRefused("durable=true", "pg and h2", "handleRepository", "dataDir");
        dataSources.clear();
        repositories.put("one", foreign());
        repositories.put("two", foreign());
        assertRefused("durable=true", "one and two", "handleRepository");
    }

    @Test
    void shouldRefuseContradictions() {
        options.setDataDir("here");
        assertRefused("dataDir", "durable=true");
        options.setDurable(true);
        options.setHandleRepository(foreign());
        assertRefused("handleRepository", "dataDir");
        options.setDataDir(null);
        options.setStatementIdCipher(new AesGcmStatementIdCipher(new byte[16]));
        assertRefused("handleRepository", "statementIdCipher");
        options.setStatementIdCipher(null);
        options.setHandleRepository(new MemoryStatementHandleRepository(InstantSource.system()));
        assertRefused("durable=true", "handleRepository", "memory");
        options.setHandleRepository(null);
        repositories.put("one", foreign());
        options.setDataDir("here");
        assertRefused("one", "dataDir");
    }

    @Test
    void shouldAllowADirectoryOfTheComponentForThoseOfItsEndpointsThatAreDurable() {
        defaults.setDataDir("here");
        options.setDataDir("here");
        assertThat(choose()).isEqualTo(new RepositoryChoice.Memory());
    }

    @Test
    void shouldEncryptWithTheOnlyCipherUnlessOneIsGiven() {
        options.setDurable(true);
        cipher = new AesGcmStatementIdCipher(new byte[16]);
        assertThat(((RepositoryChoice.Embedded) choose()).cipher()).isSameAs(cipher);
        StatementIdCipher given = new AesGcmStatementIdCipher(new byte[32]);
        options.setStatementIdCipher(given);
        assertThat(((RepositoryChoice.Embedded) choose()).cipher()).isSameAs(given);
    }

    private static DataSource forStatements(Map<String, DataSource> beans) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            beans.forEach(context.getRegistry()::bind);
            return new RegistryBeans(context, true).forStatements();
        }
    }

    @Test
    void shouldNeverRunStatementsInADatabaseForHandles() throws Exception {
        assertThat(forStatements(Map.of("pg", postgreSql))).isNull();
        assertThat(forStatements(Map.of("h2", h2))).isNull();
        assertThat(forStatements(Map.of("mysql", hikari("jdbc:mysql://host.example.com/app"))))
                .isNull();
        assertThat(forStatements(Map.of("pg", postgreSql, "warehouse", databricks)))
                .isSameAs(databricks);
        assertThat(forStatements(Map.of("warehouse", databricks))).isSameAs(databricks);
        assertThat(forStatements(Map.of("who", opaque))).isSameAs(opaque);
        assertThat(forStatements(Map.of("who", opaque, "pg", postgreSql))).isNull();
        assertThat(forStatements(Map.of("one", databricks, "two", hikari("jdbc:databricks://other.example.com"))))
                .isNull();
    }

    @Test
    void shouldLeaveOutTheDataSourceThatStatementsRunOn() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("who", opaque);
            context.getRegistry().bind("pg", postgreSql);
            DatabricksPoolOptions pool = new DatabricksPoolOptions();
            pool.setDataSource(opaque);
            assertThat(new RegistryBeans(context, true).forHandles(pool).dataSources())
                    .containsExactly(Map.entry("pg", postgreSql));
            assertThat(new RegistryBeans(context, false).forHandles(pool).dataSources())
                    .isEmpty();
        }
    }

    /** As Spring's {@code DelegatingDataSource}. */
    public static class Wrapping extends JdbcDataSourceOfNothing {
        private final DataSource target;

        Wrapping(DataSource target) {
            this.target = target;
        }

        public DataSource getTargetDataSource() {
            return target;
        }
    }

    /** As Spring's {@code TransactionAwareDataSourceProxy}. */
    public static final class TransactionAwareWrapping extends Wrapping {
        TransactionAwareWrapping(DataSource target) {
            super(target);
        }
    }
}
