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
package io.cameldatabricks.testinfra.server.thrift;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.databricks.jdbc.model.client.thrift.generated.THandleIdentifier;
import com.databricks.jdbc.model.client.thrift.generated.TOperationHandle;
import com.databricks.jdbc.model.client.thrift.generated.TOperationType;
import com.databricks.jdbc.model.client.thrift.generated.TSessionHandle;

/**
 * Handles of sessions and operations: the id, 16 bytes, and a secret that only this warehouse can make from it. Whoever has
 * the id alone has nothing.
 */
final class Handles {

    private static final int SECRET_BYTES = 16;

    private final SecretKeySpec key;

    Handles() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, "HmacSHA256");
    }

    TSessionHandle session(String id) {
        return new TSessionHandle(identifier("session", id));
    }

    TOperationHandle operation(String id, TOperationType type) {
        return new TOperationHandle(identifier("operation", id), type, true);
    }

    /** @throws ThriftFailure when there is no handle or its secret is not ours */
    String id(TSessionHandle handle) throws ThriftFailure {
        THandleIdentifier identifier = handle == null ? null : handle.getSessionId();
        String id = id(identifier);
        if (!secretIsGood("session", id, identifier)) {
            throw ThriftFailure.invalidSession(id);
        }
        return id;
    }

    /** @throws ThriftFailure when there is no handle or its secret is not ours */
    String id(TOperationHandle handle) throws ThriftFailure {
        THandleIdentifier identifier = handle == null ? null : handle.getOperationId();
        String id = id(identifier);
        if (!secretIsGood("operation", id, identifier)) {
            throw ThriftFailure.invalidOperation(id);
        }
        return id;
    }

    private THandleIdentifier identifier(String kind, String id) {
        UUID uuid = UUID.fromString(id);
        ByteBuffer guid = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .flip();
        return new THandleIdentifier(guid, ByteBuffer.wrap(secret(kind, id)));
    }

    /** The id of a handle, whether it is a good one or not; null when it has none. */
    static String id(THandleIdentifier identifier) {
        if (identifier == null || identifier.getGuid() == null || identifier.getGuid().length != 16) {
            return null;
        }
        ByteBuffer guid = ByteBuffer.wrap(identifier.getGuid());
        return new UUID(guid.getLong(), guid.getLong()).toString();
    }

    private boolean secretIsGood(String kind, String id, THandleIdentifier identifier) {
        return id != null
                && identifier.getSecret() != null
                && MessageDigest.isEqual(secret(kind, id), identifier.getSecret());
    }

    private byte[] secret(String kind, String id) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Arrays.copyOf(mac.doFinal((kind + id).getBytes(StandardCharsets.UTF_8)), SECRET_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
