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

/** Off is an object: refuses every secret. */
enum NoCipher implements StatementIdCipher {
    INSTANCE;

    private static final String REFUSED =
            "Ids of statements over Thrift hold a secret, and the repository has no key to"
                    + " encrypt them: give it a StatementIdCipher, or submit over REST";

    @Override
    public boolean available() {
        return false;
    }

    @Override
    public String encrypt(String id, String handleKey) {
        throw new IllegalArgumentException(REFUSED);
    }

    @Override
    public String decrypt(String stored, String handleKey) {
        throw new HandleRepositoryException("A stored statement id is encrypted, and the repository has no key", null);
    }
}
