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
import java.time.Duration;
import java.util.List;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.cameldatabricks.component.LogCapture;
import io.cameldatabricks.component.repository.AesGcmStatementIdCipher;
import io.cameldatabricks.component.repository.HandleRepositoryException;
import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.Transport;

import static io.cameldatabricks.component.repository.SampleHandles.AT;
import static io.cameldatabricks.component.repository.SampleHandles.NAME;
import static io.cameldatabricks.component.repository.SampleHandles.intent;
import static io.cameldatabricks.component.repository.SampleHandles.submitted;
import static io.cameldatabricks.component.repository.SampleHandles.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Secrets of Thrift statement ids are refused or encrypted, never written. */
class SecretIdTest {

    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final StatementHandle INTENT = intent("k1", NAME, Transport.JDBC_THRIFT);
    private static final StatementId ID = StatementId.of("01ef-guid|SECRETSECRETSECRET");

    @TempDir
    Path dir;

    @Test
    void shouldRefuseTheIntentWhenItsSecretCouldNotBeKept() {
        try (EmbeddedHandleStore store = EmbeddedHandleStore.open(dir)) {
            NodeLease lease = store.repository().join("a", LEASE);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.repository().add(lease, INTENT))
                    .withMessageContaining("StatementIdCipher");
            assertThat(store.repository().find("k1")).isEmpty();
        }
    }

    @Test
    void shouldKeepTheSecretEncrypted() throws Exception {
        byte[] key = new byte[32];
        key[7] = 7;
        try (EmbeddedHandleStore store = EmbeddedHandleStore.open(dir, new AesGcmStatementIdCipher(key))) {
            StatementHandleRepository repository = store.repository();
            NodeLease lease = repository.join("a", LEASE);
            repository.add(lease, INTENT);
            StatementHandle submitted = INTENT.withSubmitted(ID, AT);
            assertThat(repository.update(lease, submitted, 0)).isTrue();
            assertThat(repository.find("k1")).contains(submitted);
        }
        try (var dataSource = EmbeddedHandleStore.dataSource(dir);
                Connection connection = dataSource.getConnection();
                ResultSet script = connection.createStatement().executeQuery("script")) {
            StringBuilder everything = new StringBuilder();
            while (script.next()) {
                everything.append(script.getString(1));
            }
            assertThat(everything.toString()).contains("01ef-guid").doesNotContain("SECRETSECRET");
        }
    }

    @Test
    void shouldRefuseAnotherKeyAsLongAsHandlesOfTheFirstAreOwed() {
        try (EmbeddedHandleStore store = EmbeddedHandleStore.open(dir, cipher(1))) {
            StatementHandleRepository repository = store.repository();
            NodeLease lease = repository.join("a", LEASE);
            repository.add(lease, INTENT);
            repository.update(lease, INTENT.withSubmitted(ID, AT), 0);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedHandleStore.open(dir, cipher(2)))
                .withMessageContaining("1 handles that are not delivered yet")
                .withMessageContaining("another key (" + cipher(1).keyId() + ")")
                .withMessageContaining("(" + cipher(2).keyId() + ")");
        try (EmbeddedHandleStore store = EmbeddedHandleStore.open(dir, cipher(1))) {
            StatementHandleRepository repository = store.repository();
            NodeLease lease = repository.join("a", LEASE);
            StatementHandle taken =
                    repository.takeOver(lease, List.of(NAME), 10).owned().get(0);
            repository.update(lease, succeeded(taken), taken.version());
            StatementHandle claimed = repository.claim(lease, NAME, 1).get(0);
            assertThat(claimed.statementId()).isEqualTo(ID);
            repository.update(lease, claimed.withConfirmed(AT), claimed.version());
        }
        try (EmbeddedHandleStore store = EmbeddedHandleStore.open(dir, cipher(2))) {
            assertThat(store.repository().find("k1").orElseThrow().statementId().reveal())
                    .as("what anybody may see")
                    .isEqualTo(ID.publicPart());
        }
    }

    /** A node with another key was started when there was nothing yet to tell it by. */
    @Test
    void shouldLeaveToOthersWhatIsEncryptedWithTheirKey() {
        try (HikariDataSource dataSource = EmbeddedHandleStore.dataSource(dir);
                LogCapture log = new LogCapture()) {
            var right = new JdbcStatementHandleRepository(dataSource, true, cipher(1));
            var wrong = new JdbcStatementHandleRepository(dataSource, true, cipher(2));
            NodeLease a = right.join("a", LEASE);
            NodeLease b = wrong.join("b", LEASE);
            for (String key : List.of("free", "claimed", "watched")) {
                StatementHandle intent = intent(key, NAME, Transport.JDBC_THRIFT);
                StatementHandle submitted = intent.withSubmitted(StatementId.of(key + "|SECRET"), AT);
                right.add(a, intent);
                right.update(a, submitted, 0);
                if (!key.equals("watched")) {
                    right.update(a, succeeded(submitted), 1);
                }
                if (key.equals("claimed")) {
                    assertThat(right.claim(a, NAME, 2)).hasSize(2);
                }
            }
            StatementHandle free = right.find("free").orElseThrow();
            right.giveBack(a, free, Duration.ZERO);
            StatementHandle own = submitted(intent("own"));
            wrong.add(b, intent("own"));
            wrong.update(b, own, 0);
            wrong.update(b, succeeded(own), 1);

            assertThat(wrong.claim(b, NAME, 1)).extracting(StatementHandle::key).containsExactly("own");
            right.leave(a);
            assertThat(wrong.takeOver(b, List.of(NAME), 10).rows()).isZero();
            assertThat(wrong.takeOver(b, List.of(NAME), 10).rows()).isZero();
            assertThat(log.lines())
                    .filteredOn(line -> line.contains(cipher(1).keyId()))
                    .singleElement()
                    .asString()
                    .contains("2 handles of a dead node are left")
                    .contains(cipher(2).keyId());

            NodeLease again = right.join("a", LEASE);
            assertThat(right.takeOver(again, List.of(NAME), 10).rows()).isEqualTo(2);
            assertThat(right.claim(again, NAME, 10))
                    .extracting(StatementHandle::key)
                    .containsExactlyInAnyOrder("free", "claimed");
        }
    }

    private static AesGcmStatementIdCipher cipher(int number) {
        byte[] key = new byte[32];
        key[7] = (byte) number;
        return new AesGcmStatementIdCipher(key);
    }

    @Test
    void shouldNotDecryptAnIdThatWasMovedToAnotherHandle() {
        AesGcmStatementIdCipher cipher = new AesGcmStatementIdCipher(new byte[16]);
        String stored = cipher.encrypt(ID.reveal(), "k1");

        assertThat(cipher.decrypt(stored, "k1")).isEqualTo(ID.reveal());
        assertThat(cipher.encrypt(ID.reveal(), "k1")).as("a nonce of its own").isNotEqualTo(stored);
        assertThatThrownBy(() -> cipher.decrypt(stored, "k2")).isInstanceOf(HandleRepositoryException.class);
        assertThatThrownBy(() -> cipher.decrypt("rubbish", "k1")).isInstanceOf(HandleRepositoryException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> new AesGcmStatementIdCipher(new byte[5]));
    }
}
