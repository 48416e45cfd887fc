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

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.repository.StatementIdCipher;

import static io.cameldatabricks.component.repository.jdbc.Statements.query;

/**
 * Handles whose statement ids are encrypted with another key than the one of this node. They are left to the nodes that
 * have their key; where there may be none, this says so. Thread-safe.
 */
final class ForeignKeys {

    private static final Logger LOG = LoggerFactory.getLogger(ForeignKeys.class);

    private final StatementIdCipher cipher;
    private final Set<Long> told = ConcurrentHashMap.newKeySet();

    /** @param key of one of them */
    private record Found(long handles, String key) {}

    ForeignKeys(StatementIdCipher cipher) {
        this.cipher = cipher;
    }

    /**
     * At the start, when the key can still be put right.
     *
     * @throws IllegalArgumentException naming both keys by their ids, if handles are still owed that this key does not open
     */
    void refuse(HandleDatabase database) {
        if (isUnnamed()) {
            return;
        }
        Found found = database.atOnce("The handles could not be read", connection -> find(connection, null));
        if (found.handles() > 0) {
            throw new IllegalArgumentException(found.handles()
                    + " handles that are not delivered yet have statement ids that are encrypted with another key ("
                    + found.key() + ") than that of this statementIdCipher (" + cipher.keyId()
                    + "): give all nodes the same key, and change it only when none of the old one is left");
        }
    }

    /** When a node has died that had another key. Says it once. */
    void tell(Connection connection, long deadEpoch) throws SQLException {
        if (isUnnamed() || told.contains(deadEpoch)) {
            return;
        }
        Found found = find(connection, deadEpoch);
        if (found.handles() > 0 && told.add(deadEpoch)) {
            LOG.error(
                    "{} handles of a dead node are left to nodes with their key: their statement ids are encrypted with"
                            + " another key ({}) than that of this statementIdCipher ({}); all nodes need the same one",
                    found.handles(),
                    found.key(),
                    cipher.keyId());
        }
    }

    private boolean isUnnamed() {
        return !cipher.available() || cipher.keyId().isEmpty();
    }

    /** @param epoch null for all */
    private Found find(Connection connection, Long epoch) throws SQLException {
        return query(
                        connection,
                        HandleSql.FOREIGN_KEYS,
                        p -> p.text(cipher.keyId()).number(epoch).flag(epoch == null),
                        result -> new Found(result.getLong(1), result.getString(2)))
                .get(0);
    }
}
