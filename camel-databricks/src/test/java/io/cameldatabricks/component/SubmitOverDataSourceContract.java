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
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The connections of the user's own pool tell where they lead and which protocol they speak. */
abstract class SubmitOverDataSourceContract extends SubmitContract {

    private final String useThriftClient;
    private HikariDataSource users;

    SubmitOverDataSourceContract(Transport transport) {
        super(transport, "dataSource=#users");
        this.useThriftClient = transport == Transport.JDBC_THRIFT ? "1" : "0";
    }

    @Override
    void prepare(RunningContext context) {
        if (users == null) {
            users = pool(warehouse.jdbcUrl(Map.of("UseThriftClient", useThriftClient)));
        }
        context.context().getRegistry().bind("users", DataSource.class, users);
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setDriverClassName("com.databricks.client.jdbc.Driver");
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(30_000);
        return new HikariDataSource(config);
    }

    @AfterEach
    void closeThePool() {
        users.close();
    }

    @Test
    void shouldGiveTheHandleThatAnEndpointGivesWhichNamesTheWorkspace() {
        StatementReference handle =
                send("operation=SUBMIT&query=SELECT quick").getMessage().getBody(StatementReference.class);

        assertThat(handle.target().workspace()).isEqualTo(warehouse.host() + ":" + warehouse.port());
        assertThat(handle.target().warehouse().value()).isEqualTo(warehouse.warehouseId());
        String named = "databricks:other?" + warehouse.endpointOptions()
                + "&asyncTransport=JDBC&driverProperties.UseThriftClient=" + useThriftClient + "&operation=STATUS";
        assertThat(camel().send(named, handle, Map.of()).getException()).isNull();
    }

    @Test
    void shouldRefuseToSubmitOverTheRestApi() {
        assertThatThrownBy(() -> send("asyncTransport=REST&operation=SUBMIT&query=SELECT 1"))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasRootCauseMessage(
                        "The option asyncTransport=REST needs a workspace: give host instead of dataSource,"
                                + " or use asyncTransport=JDBC.");
    }

    @Test
    void shouldRefuseADataSourceOfAnotherDriver() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:other");
        camel().context().getRegistry().bind("h2", DataSource.class, h2);

        assertThat(camel().send("databricks:reports?dataSource=#h2&operation=SUBMIT&query=SELECT 1")
                        .getException())
                .isInstanceOf(PermanentDatabricksException.class)
                .hasMessageContaining("need connections of the Databricks JDBC driver")
                .hasMessageContaining("org.h2");
    }

    @Test
    void shouldAskAgainAfterTheDataSourceWasOutOfReach() {
        AtomicBoolean down = new AtomicBoolean(true);
        DataSource late = (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection") && down.get()) {
                        throw new SQLException("The network is down", "08001");
                    }
                    return method.getName().equals("equals") ? proxy == arguments[0] : method.invoke(users, arguments);
                });
        camel().context().getRegistry().bind("late", DataSource.class, late);
        String uri = "databricks:reports?dataSource=#late&operation=SUBMIT&query=SELECT quick";

        assertThat(camel().send(uri).getException()).isInstanceOf(TransientDatabricksException.class);
        down.set(false);
        assertThat(camel().send(uri).getException()).isNull();
    }
}
