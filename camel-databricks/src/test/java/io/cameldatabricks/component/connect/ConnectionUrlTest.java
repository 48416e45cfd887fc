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
package io.cameldatabricks.component.connect;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ConnectionUrlTest {

    @Test
    void shouldReadTheFormOfSqlAlchemy() {
        ConnectionUrl url = ConnectionUrl.parse("databricks://token:dapi%2B1+2@adb-1.2.azuredatabricks.net"
                + "?http_path=%2Fsql%2F1.0%2Fwarehouses%2Fabc&catalog=main&schema=my%20schema");

        assertThat(url.address()).isEqualTo(new WarehouseAddress("adb-1.2.azuredatabricks.net", 443, true));
        assertThat(url.httpPath()).isEqualTo("/sql/1.0/warehouses/abc");
        assertThat(url.token().reveal()).isEqualTo("dapi+1+2");
        assertThat(url.catalog()).isEqualTo("main");
        assertThat(url.schema()).isEqualTo("my schema");
        assertThat(url.driverProperties()).isEmpty();
    }

    @Test
    void shouldReadTheFormOfJdbc() {
        ConnectionUrl url =
                ConnectionUrl.parse("jdbc:databricks://h.net:8443/sales;transportMode=http;ssl=1;AuthMech=3;"
                        + "httpPath=/sql/1.0/warehouses/abc;UID=token;PWD=dapi;ConnCatalog=main");

        assertThat(url.address()).isEqualTo(new WarehouseAddress("h.net", 8443, true));
        assertThat(url.httpPath()).isEqualTo("/sql/1.0/warehouses/abc");
        assertThat(url.token().reveal()).isEqualTo("dapi");
        assertThat(url.catalog()).isEqualTo("main");
        assertThat(url.schema()).isEqualTo("sales");
        assertThat(url.driverProperties()).isEqualTo(Map.of("AuthMech", "3", "transportMode", "http"));
    }

    @Test
    void shouldConnectToALocalWarehouseWithoutTls() {
        assertThat(ConnectionUrl.parse("jdbc:databricks://127.0.0.1:8080;httpPath=x;ssl=0")
                        .address())
                .isEqualTo(new WarehouseAddress("127.0.0.1", 8080, false));
    }

    @Test
    void shouldNotPrintItsToken() {
        String secret = "dapi0123456789";
        ConnectionUrl url =
                ConnectionUrl.parse("databricks://token:" + secret + "@h.net?http_path=/p&OAuth2Secret=" + secret);

        assertThat(url.toString()).doesNotContain(secret);
        assertThat(url.token()).hasToString("xxxxxx");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dapiSECRET",
                "https://dapiSECRET@h.net",
                "databricks://token:dapiSECRET@",
                "databricks://token:dapiSECRET@a b",
                "databricks://other:dapiSECRET@h.net",
                "databricks://token:dapiSECRET@h.net?dapiSECRET",
                "databricks://token:dapiSECRET@h.net?catalog=a&catalog=dapiSECRET",
                "jdbc:databricks://",
                "jdbc:databricks://;PWD=dapiSECRET",
                "jdbc:databricks://h.net;UID=me;PWD=dapiSECRET",
                "jdbc:databricks://h.net;PWD=a;PWD=dapiSECRET",
            })
    void shouldRefuseWhatItCannotReadWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectionUrl.parse(text))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("dapiSECRET"));
    }
}
