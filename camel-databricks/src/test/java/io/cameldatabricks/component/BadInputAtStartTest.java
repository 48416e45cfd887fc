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

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.cameldatabricks.component.source.Environment;
import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What is wrong with the options of a route stops it from starting, with one sentence, before anything is sent. */
class BadInputAtStartTest {

    private static final String TOKEN = "dapi0123456789abcdef";

    @RegisterExtension
    static final LocalWarehouse warehouse = LocalWarehouse.scripted();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            no host              | databricks:x?warehouseId=w&accessToken=$T&query=SELECT 1 | The option host is missing: give the host of the workspace, such as host=adb-1234567890123456.7.azuredatabricks.net, or a connectionUrl, or the environment variable DATABRICKS_HOST, or a profile, or a dataSource.
            no warehouse         | databricks:x?host=$H&accessToken=$T&query=SELECT 1 | The warehouse is missing: give warehouseId or httpPath, as the connection details of the warehouse show them, or clusterId.
            no token             | databricks:x?host=$H&warehouseId=w&query=SELECT 1 | The option accessToken is missing: give a personal access token, or clientId and clientSecret, or a profile, or a tokenSource, or an authType such as azure-cli or databricks-cli.
            no query             | databricks:x?host=$H&warehouseId=w&accessToken=$T | The option query is missing: give SQL text, classpath:<file> or file:<file>, or set allowDynamicQuery=true to take it from the header CamelDatabricksQuery.
            no token in the URL  | databricks:x?connectionUrl=RAW(databricks://h.net?http_path=/sql/1.0/warehouses/w)&query=SELECT 1 | The option accessToken is missing: give a personal access token, or clientId and clientSecret, or a profile, or a tokenSource, or an authType such as azure-cli or databricks-cli.
            unknown option       | databricks:x?host=$H&warehouseId=w&accessToken=$T&qurey=SELECT 1 | Unknown option qurey: correct its name or remove it.
            misspelt token       | databricks:x?host=$H&warehouseId=w&acessToken=$T&query=SELECT 1 | Unknown option acessToken: correct its name or remove it.
            misspelt secret map  | databricks:x?host=$H&warehouseId=w&accessToken=$T&driverPropertys.PWD=$T&query=SELECT 1 | Unknown option driverPropertys.PWD: correct its name or remove it.
            malformed host       | databricks:x?host=RAW(a b)&warehouseId=w&accessToken=$T&query=SELECT 1 | The option host is malformed: it is not a host name, give a name such as adb-1234567890123456.7.azuredatabricks.net.
            host with a path     | databricks:x?host=https://h.net/sql&warehouseId=w&accessToken=$T&query=SELECT 1 | The option host is malformed: it has more than scheme, name and port, give a name such as adb-1234567890123456.7.azuredatabricks.net.
            host of ftp          | databricks:x?host=ftp://h.net&warehouseId=w&accessToken=$T&query=SELECT 1 | The option host is malformed: its scheme is neither https nor http, give a name such as adb-1234567890123456.7.azuredatabricks.net.
            malformed path       | databricks:x?host=$H&httpPath=/sql/warehouse&accessToken=$T&query=SELECT 1 | The option httpPath is malformed: it is neither /sql/1.0/warehouses/<id> nor sql/protocolv1/o/<workspace id>/<cluster id>, copy it from the connection details of the warehouse.
            malformed warehouse  | databricks:x?host=$H&warehouseId=RAW(a/b)&accessToken=$T&query=SELECT 1 | The option warehouseId is malformed: it is not the id of a warehouse, copy it from the connection details of the warehouse.
            path and warehouse   | databricks:x?host=$H&warehouseId=w&httpPath=/sql/1.0/warehouses/w&accessToken=$T&query=SELECT 1 | Both the option httpPath and the option warehouseId say where the statements run: remove one of them.
            other URL            | databricks:x?connectionUrl=RAW(jdbc:postgresql://token:$T@h)&query=SELECT 1 | The option connectionUrl is malformed: it starts with neither databricks:// nor jdbc:databricks://, write databricks://token:<token>@<host>?http_path=<path> or jdbc:databricks://<host>:443;httpPath=<path>;PWD=<token>.
            URL without host     | databricks:x?connectionUrl=RAW(databricks://token:$T@?http_path=x)&query=SELECT 1 | The option connectionUrl is malformed: it has no host, write databricks://token:<token>@<host>?http_path=<path> or jdbc:databricks://<host>:443;httpPath=<path>;PWD=<token>.
            URL with a user      | databricks:x?connectionUrl=RAW(databricks://me:$T@h.net?http_path=x)&query=SELECT 1 | The option connectionUrl is malformed: its user is not 'token', write databricks://token:<token>@<host>?http_path=<path> or jdbc:databricks://<host>:443;httpPath=<path>;PWD=<token>.
            URL with a torn part | databricks:x?connectionUrl=RAW(jdbc:databricks://h.net:443;httpPath=x;PWD)&query=SELECT 1 | The option connectionUrl is malformed: one of its parts is not name=value, write databricks://token:<token>@<host>?http_path=<path> or jdbc:databricks://<host>:443;httpPath=<path>;PWD=<token>.
            URL and host         | databricks:x?host=$H&connectionUrl=RAW(databricks://token:$T@h.net?http_path=/sql/1.0/warehouses/w)&query=SELECT 1 | Both connectionUrl and host are given: remove host, since the connectionUrl already says it.
            URL and token        | databricks:x?accessToken=$T&connectionUrl=RAW(databricks://token:$T@h.net?http_path=/sql/1.0/warehouses/w)&query=SELECT 1 | Both connectionUrl and accessToken are given: remove accessToken, since the connectionUrl already says it.
            bean and host        | databricks:x?dataSource=#h2&host=$H&query=SELECT 1 | Both dataSource and host are given: remove host, since the data source says where to connect.
            bean and token       | databricks:x?dataSource=#h2&accessToken=$T&query=SELECT 1 | Both dataSource and accessToken are given: remove accessToken, since the data source says where to connect.
            ignored parameter    | databricks:x?$E&sessionConfiguration.ANSI=true&query=SELECT 1 | The option sessionConfiguration.ANSI is not known to the driver, which would ignore it: use one of [ANSI_MODE, ENABLE_PHOTON, LEGACY_TIME_PARSER_POLICY, MAX_FILE_PARTITION_BYTES, QUERY_TAGS, READ_ONLY_EXTERNAL_METASTORE, STATEMENT_TIMEOUT, TIMEZONE, USE_CACHED_RESULT].
            token as a property  | databricks:x?$E&driverProperties.pwd=$T&query=SELECT 1 | The option driverProperties.pwd is not allowed: use accessToken.
            any certificate      | databricks:x?$E&driverProperties.AllowSelfSignedCerts=1&query=SELECT 1 | The option driverProperties.AllowSelfSignedCerts is not allowed, since the driver would then accept any certificate for any host: put the certificate into a trust store and name it with driverProperties.SSLTrustStore.
            no trust store       | databricks:x?$E&driverProperties.SSLTrustStore=/no/ca.jks&query=SELECT 1 | The option driverProperties.SSLTrustStore names a store that cannot be read: check its path, its password and driverProperties.SSLTrustStoreType.
            bad proxy port       | databricks:x?$E&driverProperties.UseProxy=1&driverProperties.ProxyHost=h&driverProperties.ProxyPort=x&query=SELECT 1 | The option driverProperties.ProxyPort is not a number: give a port.
            token and secret     | databricks:x?$E&clientId=robot&clientSecret=$T&query=SELECT 1 | Both token from the option accessToken and client_id from the option clientId say how to log in: remove one of them, or choose with authType.
            bean and secret      | databricks:x?dataSource=#h2&clientSecret=$T&query=SELECT 1 | Both dataSource and clientSecret are given: remove clientSecret, since the data source says where to connect.
            repeated submits     | databricks:x?$E&driverProperties.ApiRetriableHttpCodes=408,502&query=SELECT 1 | The option driverProperties.ApiRetriableHttpCodes is not allowed to hold 500, 502 or 504, with which the driver would run a statement twice: remove them.
            values in the text   | databricks:x?$E&driverProperties.supportManyParameters=1&query=SELECT 1 | The option driverProperties.supportManyParameters is not allowed, since the driver would then write values into the SQL text: remove it.
            hidden NTZ type      | databricks:x?$E&driverProperties.EnableTimestampNtzTypeName=0&query=SELECT 1 | The option driverProperties.EnableTimestampNtzTypeName is not allowed to be 0, which hides columns of type TIMESTAMP_NTZ: remove it.
            token as a header    | databricks:x?$E&httpHeaders.authorization=$T&query=SELECT 1 | The option httpHeaders.authorization is not allowed: use accessToken.
            no file              | databricks:x?$E&query=classpath:sql/nowhere.sql | The option query names a file that does not exist, classpath:sql/nowhere.sql: create it or correct the name.
            no file on disk      | databricks:x?$E&query=file:target/nowhere.sql | The option query names a file that does not exist, file:target/nowhere.sql: create it or correct the name.
            empty file           | databricks:x?$E&query=classpath:sql/empty.sql | The option query names an empty file, classpath:sql/empty.sql: put SQL into it.
            no connections       | databricks:x?$E&maxPoolSize=0&query=SELECT 1 | The pool cannot be made: maxPoolSize must be 1 or more.
            too many idle        | databricks:x?$E&minIdle=11&query=SELECT 1 | The pool cannot be made: minIdle must be between 0 and maxPoolSize.
            short wait           | databricks:x?$E&connectionTimeout=100&query=SELECT 1 | The pool cannot be made: connectionTimeout must be 250 ms or more.
            short idle time      | databricks:x?$E&idleTimeout=1s&query=SELECT 1 | The pool cannot be made: idleTimeout must be 10 s or more.
            negative time        | databricks:x?$E&queryTimeout=-1&query=SELECT 1 | The statement cannot be limited: queryTimeout must be 0 (no limit) or more.
            short lease          | databricks:x?$E&lease=1s&query=SELECT 1 | The option lease is too short: A lease holds at least 3 s, not PT1S.
            large share          | databricks:x?$E&pollRatio=2&query=SELECT 1 | Statements cannot be watched: pollRatio must be more than 0 and at most 1.
            short interval       | databricks:x?$E&minPollInterval=1&query=SELECT 1 | Statements cannot be watched: minPollInterval must be 10 ms or more and not above maxPollInterval.
            long interval        | databricks:x?$E&maxPollInterval=15m&query=SELECT 1 | Statements cannot be watched: A statement must be asked for every 1 to 14 minutes, else the server may drop it.
            negative rows        | databricks:x?$E&rowLimit=-1&query=SELECT 1 | The statement cannot be limited: rowLimit must be 0 (all rows) or more.
            list of nothing      | databricks:x?$E&outputType=LIST&query=SELECT 1 | The result cannot be handed over: outputType=LIST needs outputClass.
            unknown class        | databricks:x?$E&outputType=LIST&outputClass=no.Such&query=SELECT 1 | The result cannot be handed over: outputClass names a class that is not on the class path, no.Such.
            text of objects      | databricks:x?$E&outputType=CSV&outputClass=java.lang.Object&query=SELECT 1 | The result cannot be handed over: outputClass does not go with outputType=CSV.
            groups of a list     | databricks:x?$E&rowGroupSize=10&query=SELECT 1 | The result cannot be handed over: rowGroupSize needs outputType=STREAM_LIST.
            negative groups      | databricks:x?$E&rowGroupSize=-1&query=SELECT 1 | The result cannot be handed over: rowGroupSize must be 0 (single rows) or more.
            nothing in a header  | databricks:x?$E&noop=true&outputHeader=rows&query=SELECT 1 | The result cannot be handed over: noop and outputHeader contradict each other.
            negative bytes       | databricks:x?$E&byteLimit=-1&query=SELECT 1 | The result cannot be handed over: byteLimit must be 0 (no limit) or more.
            """)
    void shouldNotStart(String what, String uri, String message) throws Exception {
        warehouse.clearRequests();
        String full =
                uri.replace("$T", TOKEN).replace("$H", warehouse.host()).replace("$E", warehouse.endpointOptions());

        Throwable failure = start(full);

        assertThat(messages(failure)).contains(message);
        assertThat(messages(failure)).noneMatch(text -> text.contains(TOKEN) || text.contains(warehouse.token()));
        assertThat(warehouse.requests()).isEmpty();
    }

    @Test
    void shouldSayWhereAQueryIsTorn() throws Exception {
        Throwable failure = start("databricks:x?" + warehouse.endpointOptions() + "&query=RAW(SELECT 'half)");

        assertThat(messages(failure)).anyMatch(message -> message.startsWith("The option query is malformed: "));
    }

    @Test
    void shouldSayThatTheNameIsMissing() throws Exception {
        Throwable failure = start("databricks:?" + warehouse.endpointOptions() + "&query=SELECT 1");

        assertThat(messages(failure))
                .contains("The name is missing: write databricks:name, with a name of your choice.");
    }

    @Test
    void shouldTakeWhatIsRight() throws Exception {
        assertThat(start("databricks:x?" + warehouse.endpointOptions() + "&query=SELECT 1"))
                .isNull();
    }

    private static Throwable start(String uri) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            JdbcDataSource h2 = new JdbcDataSource();
            h2.setUrl("jdbc:h2:mem:unused");
            // not that of the developer
            context.getComponent("databricks", DatabricksComponent.class)
                    .useEnvironment(new Environment(Map.of(), Path.of("target", "nobody")));
            context.getRegistry().bind("h2", h2);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to(uri);
                }
            });
            return catchThrowable(context::start);
        }
    }

    private static List<String> messages(Throwable failure) {
        assertThat(failure).isNotNull();
        return Stream.iterate(failure, link -> link != null, Throwable::getCause)
                .map(link -> String.valueOf(link.getMessage()))
                .toList();
    }
}
