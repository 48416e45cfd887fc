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
package io.cameldatabricks.component.repository;

/**
 * Keeps the secret part of Thrift statement ids ({@code guid|secret}) unreadable for those who can read the storage. Ids
 * of the Statement Execution API have no secret and are stored as they are. Implementations are safe for use by many
 * threads.
 */
public interface StatementIdCipher {

    /** Whether secrets can be kept. */
    boolean available();

    /**
     * @param id the id with its secret
     * @param handleKey the handle that it belongs to; another one cannot decrypt it
     */
    String encrypt(String id, String handleKey);

    /**
     * @param stored as {@link #encrypt} returned it
     * @throws HandleRepositoryException if it was written with another key or for another handle
     */
    String decrypt(String stored, String handleKey);

    /**
     * Tells keys apart without telling anything of them, so that a node leaves alone what was encrypted with another key. At
     * most 32 characters; empty if this cannot tell, and then all are taken for the same.
     */
    default String keyId() {
        return "";
    }

    /** Keeps no secrets: intents whose id would have one are refused. */
    static StatementIdCipher none() {
        return NoCipher.INSTANCE;
    }
}
