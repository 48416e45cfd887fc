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

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.component.auth.AccessToken;
import io.cameldatabricks.component.auth.TokenSource;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.source.Environment;
import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.Script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The ways to log in that a route can use, through the component to a warehouse that checks them. */
class LoginTest {

    private static final String SECRET = "canary-secret-4711";

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted().withOAuth("robot", SECRET, Duration.ofMinutes(5));

    @TempDir
    private Path home;

    @BeforeEach
    void script() {
        warehouse.script(Script.matching("SELECT .*").column("a", "INT").row(1));
    }

    private static String where() {
        return "host=" + warehouse.httpUrl() + "&warehouseId=" + warehouse.warehouseId();
    }

    private static void assertWorks(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(List.class).size()).isEqualTo(1);
    }

    private void nobody(RunningContext camel) {
        camel.component().useEnvironment(new Environment(Map.of(), home));
    }

    @Test
    void shouldLogInAsAServicePrincipalOfTheOptions() {
        RequestTally tally = new RequestTally(warehouse);
        try (RunningContext camel = new RunningContext()) {
            nobody(camel);
            String uri = "databricks:m2m?" + where() + "&clientId=robot&clientSecret=" + SECRET + "&query=SELECT 1";
            assertWorks(camel.send(uri));
            assertWorks(camel.send(uri));
        }
        assertThat(tally.look().tokens()).isEqualTo(1);
    }

    @Test
    void shouldTakeEverythingFromTheEnvironment() {
        try (RunningContext camel = new RunningContext()) {
            camel.component().useEnvironment(new Environment(warehouse.environment(), home));
            assertWorks(camel.send("databricks:env?query=SELECT 1"));
        }
    }

    @Test
    void shouldTakeEverythingFromAProfile() throws Exception {
        java.nio.file.Files.write(
                home.resolve(".databrickscfg"),
                List.of(
                        "[work]",
                        "host = " + warehouse.httpUrl(),
                        "warehouse_id = " + warehouse.warehouseId(),
                        "client_id = robot",
                        "client_secret = " + SECRET));
        try (RunningContext camel = new RunningContext()) {
            nobody(camel);
            // the SDK reads the same file again for what only it knows
            assertWorks(camel.send("databricks:profile?profile=work&configFile=" + home.resolve(".databrickscfg")
                    + "&query=SELECT 1"));
        }
    }

    @Test
    void shouldUseTheOnlyTokenSourceOfTheRegistryForEndpointsThatDoNotSayWhoConnects() {
        List<String> asked = new ArrayList<>();
        TokenSource bean = () -> {
            asked.add("bean");
            return AccessToken.of(warehouse.token());
        };
        try (RunningContext camel = new RunningContext()) {
            nobody(camel);
            camel.context().getRegistry().bind("vault", bean);
            assertWorks(camel.send("databricks:own?" + warehouse.endpointOptions() + "&query=SELECT 1"));
            assertThat(asked).isEmpty();
            assertWorks(camel.send("databricks:bean?" + where() + "&query=SELECT 1"));
            assertThat(asked).hasSize(1);
        }
    }

    @Test
    void shouldUseANamedTokenSource() {
        try (RunningContext camel = new RunningContext()) {
            nobody(camel);
            TokenSource good = () -> AccessToken.of(
                    warehouse.token(), InstantSource.system().instant().plusSeconds(60));
            TokenSource other = () -> {
                throw new IllegalStateException("never asked");
            };
            camel.context().getRegistry().bind("good", good);
            camel.context().getRegistry().bind("other", other);
            assertWorks(camel.send("databricks:named?" + where() + "&tokenSource=#good&query=SELECT 1"));
            assertThatThrownBy(() -> camel.send("databricks:none?" + where() + "&query=SELECT 1"))
                    .isInstanceOf(ResolveEndpointFailedException.class)
                    .hasMessageContaining("The option accessToken is missing");
            assertThatThrownBy(() -> camel.send(
                            "databricks:both?" + warehouse.endpointOptions() + "&tokenSource=#good&query=SELECT 1"))
                    .hasMessageContaining("the option accessToken")
                    .hasMessageContaining("tokenSource");
        }
    }

    @Test
    void shouldUseTheOnlyDataSourceOfTheRegistryForEndpointsThatSayNothing() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:only");
        // as one of its own kind that does not tell its URL
        DataSource opaque = DataSources.opaque(h2);
        try (RunningContext camel = new RunningContext()) {
            nobody(camel);
            camel.context().getRegistry().bind("h2", opaque);
            assertWorks(camel.send("databricks:own?" + warehouse.endpointOptions() + "&query=SELECT 1"));
            Exchange fromH2 = camel.send("databricks:bean?query=SELECT H2VERSION()");
            assertThat(fromH2.getException()).isNull();
            camel.component().useEnvironment(new Environment(warehouse.environment(), home));
            assertThatThrownBy(() -> camel.send("databricks:which?query=SELECT 1"))
                    .hasMessageContaining("DataSource")
                    .hasMessageContaining("DATABRICKS_HOST");
            camel.component().setAutowiredEnabled(false);
            assertWorks(camel.send("databricks:env?query=SELECT 1"));
        }
    }

    @Test
    void shouldShareThePoolOfEqualLoginsOnly() {
        RequestTally tally = new RequestTally(warehouse);
        try (RunningContext camel = new RunningContext()) {
            nobody(camel);
            warehouse.allowOAuth("second", SECRET, Duration.ofMinutes(5));
            String one = "?" + where() + "&clientId=robot&clientSecret=" + SECRET + "&query=SELECT 1";
            assertWorks(camel.send("databricks:a" + one));
            assertWorks(camel.send("databricks:b" + one));
            assertThat(tally.look().sessions()).isEqualTo(1);
            assertWorks(camel.send("databricks:c" + one.replace("robot", "second")));
            assertThat(tally.look().sessions()).isEqualTo(2);
        }
    }

    @Test
    void shouldNeverPrintASecretOrAnIssuedToken() {
        List<String> printed = new ArrayList<>();
        try (LogCapture log = new LogCapture();
                RunningContext camel = new RunningContext()) {
            nobody(camel);
            String good = "databricks:good?" + where() + "&clientId=robot&clientSecret=" + SECRET + "&query=SELECT 1";
            assertWorks(camel.send(good));
            Exchange refused = camel.send(good.replace("robot", "stranger").replace("good", "stranger"));
            assertThat(refused.getException())
                    .isInstanceOf(PermanentDatabricksException.class)
                    .hasMessageContaining("No token could be had");
            assertThat(((DatabricksException) refused.getException()).getHttpStatus())
                    .isEqualTo(401);
            printed.add(stackTrace(refused.getException()));
            Exchange down = camel.send("databricks:down?host=http://127.0.0.1:1&warehouseId=w&connectionTimeout=500"
                    + "&clientId=robot&clientSecret=" + SECRET + "&query=SELECT 1");
            printed.add(stackTrace(down.getException()));
            TokenSource vault = () -> {
                throw new IllegalStateException(SECRET);
            };
            camel.context().getRegistry().bind("vault", vault);
            printed.add(stackTrace(camel.send(
                            "databricks:vault?connectionTimeout=500&" + where() + "&tokenSource=#vault&query=SELECT 1")
                    .getException()));
            try {
                camel.send("databricks:two?" + where() + "&accessToken=" + SECRET + "&clientId=robot&query=SELECT 1");
            } catch (RuntimeException e) {
                printed.add(stackTrace(e));
            }
            camel.context().getEndpoints().forEach(endpoint -> printed.add(endpoint.toString()));
            camel.context().stop();
            printed.addAll(log.lines());
        }
        assertThat(printed).hasSizeGreaterThan(30);
        // the start of each token that the warehouse issues
        assertThat(printed)
                .filteredOn(line -> line.contains(SECRET) || line.contains("eyJhbGciOiJIUzI1NiIs"))
                .isEmpty();
    }

    private static String stackTrace(Throwable failure) {
        assertThat(failure).isNotNull();
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
