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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        key[7] = 8;
        try (EmbeddedHandleStore store = EmbeddedHandleStore.open(dir, new AesGcmStatementIdCipher(key))) {
            assertThatThrownBy(() -> store.repository().find("k1"))
                    .isInstanceOf(HandleRepositoryException.class)
                    .hasMessageContaining("another key");
        }
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
