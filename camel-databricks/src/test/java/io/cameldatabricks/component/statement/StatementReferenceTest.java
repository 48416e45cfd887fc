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
package io.cameldatabricks.component.statement;

import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StatementReferenceTest {

    private static final String TEXT =
            "dbsql1/REST/adb-123.4.azuredatabricks.net/abc123/01f0a1b2-0000-1111-2222-333344445555";

    static Stream<StatementReference> references() {
        WarehouseId warehouse = new WarehouseId("abc-1_Z");
        return Stream.of(
                reference(Transport.REST, "a.example.com", warehouse, "01f0-1"),
                reference(Transport.REST, "localhost:8443", warehouse, "x"),
                reference(Transport.REST, "[::1]:8443", warehouse, "x"),
                reference(Transport.JDBC_SEA, "a", warehouse, "01f0-1"),
                reference(Transport.JDBC_THRIFT, "a", warehouse, "0c3e|5e-c_re=t"));
    }

    private static StatementReference reference(Transport transport, String host, WarehouseId warehouse, String id) {
        return new StatementReference(new StatementTarget(transport, host, warehouse), StatementId.of(id));
    }

    @ParameterizedTest
    @MethodSource("references")
    void shouldComeBackFromItsText(StatementReference reference) {
        assertThat(StatementReference.parse(reference.text())).isEqualTo(reference);
    }

    @Test
    void shouldReadTheTextThatEarlierVersionsWrote() {
        StatementReference reference = StatementReference.parse(TEXT);

        assertThat(reference.target())
                .isEqualTo(new StatementTarget(
                        Transport.REST, "adb-123.4.azuredatabricks.net", new WarehouseId("abc123")));
        assertThat(reference.id().reveal()).isEqualTo("01f0a1b2-0000-1111-2222-333344445555");
        assertThat(reference.text()).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "dbsql",
                "dbsql1",
                "dbsql1////",
                "dbsql1/REST/h/w",
                "dbsql1/REST/h/w/id/more",
                "dbsql1/rest/h/w/id",
                "dbsql1/FTP/h/w/id",
                "dbsql1/REST/H/w/id",
                "dbsql1/REST/h:/w/id",
                "dbsql1/REST/h:123456/w/id",
                "dbsql1/REST/user@h/w/id",
                "dbsql1/REST/h/w w/id",
                "dbsql1/REST/h/../id",
                "dbsql1/REST/h/w/..",
                "dbsql1/REST/h/w/%2e%2e",
                "dbsql1/REST/h/w/id?x=1",
                "dbsql1/REST/h/w/id#x",
                "dbsql1/REST/h/w/id|secret",
                "dbsql1/JDBC_THRIFT/h/w/id",
                "dbsql1/JDBC_THRIFT/h/w/id|",
                "dbsql1/JDBC_THRIFT/h/w/a|b|c",
                "dbsql1/REST/h/w/id\n",
                " dbsql1/REST/h/w/id",
                "dbsql1/REST/h/w/id ",
                "dbsql1/REST/h/w/\u0130d",
                "dbsql01/REST/h/w/id",
                "dbsql-1/REST/h/w/id",
                "dbsqlx/REST/h/w/id",
                "01f0a1b2-0000-1111-2222-333344445555"
            })
    void shouldRefuseEverythingElseWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> StatementReference.parse(text))
                .isInstanceOf(InvalidReferenceException.class)
                .hasNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    @Test
    void shouldSayThatATextIsOfANewerVersion() {
        assertThatThrownBy(() -> StatementReference.parse("dbsql2/REST/a/b/c/d"))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining("version 1");
    }

    @Test
    void shouldRefuseNothingAndTooMuch() {
        assertThatThrownBy(() -> StatementReference.parse(null)).isInstanceOf(InvalidReferenceException.class);
        assertThatThrownBy(() -> StatementReference.parse("dbsql1/" + "a".repeat(2000)))
                .isInstanceOf(InvalidReferenceException.class);
    }

    @Test
    void shouldEitherRefuseADamagedTextOrReadOneThatWritesItselfAgain() {
        Random random = new Random(4);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(TEXT);
            for (int edits = random.nextInt(3) + 1; edits > 0; edits--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, (char) random.nextInt(300));
                    default -> text.setCharAt(at, (char) random.nextInt(128));
                }
            }
            String damaged = text.toString();
            try {
                assertThat(StatementReference.parse(damaged).text()).isEqualTo(damaged);
            } catch (InvalidReferenceException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(5_000, 19_999);
    }

    @Test
    void shouldBeRefusedElsewhereAndStayIntact() {
        StatementReference reference = StatementReference.parse(TEXT);

        assertThat(reference.requireReachable("ADB-123.4.azuredatabricks.net", Transport.REST))
                .isSameAs(reference);
        assertThatThrownBy(() -> reference.requireReachable("adb-9.azuredatabricks.net", Transport.REST))
                .isInstanceOf(ForeignHandleException.class)
                .hasMessageContaining("adb-123.4.azuredatabricks.net")
                .hasMessageContaining("adb-9.azuredatabricks.net");
        assertThatThrownBy(() -> reference.requireReachable("adb-123.4.azuredatabricks.net", Transport.JDBC_THRIFT))
                .isInstanceOf(ForeignHandleException.class)
                .hasMessageContaining("REST")
                .hasMessageContaining("JDBC_THRIFT");
        assertThat(reference.text()).isEqualTo(TEXT);
    }

    @Test
    void shouldNotPrintASecret() {
        StatementReference reference =
                reference(Transport.JDBC_THRIFT, "a", new WarehouseId("w"), "0c3e|the-secret-part");

        assertThat(reference.text()).contains("the-secret-part");
        assertThat(reference.toString()).contains("0c3e").doesNotContain("the-secret-part");
        assertThatThrownBy(() -> reference.requireReachable("b", Transport.REST))
                .hasMessageNotContaining("the-secret-part");
    }
}
