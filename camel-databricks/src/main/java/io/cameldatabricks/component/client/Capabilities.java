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
package io.cameldatabricks.component.client;

/**
 * What a {@link StatementClient} can do. Immutable.
 *
 * @param bulkStatus how many statements {@link StatementClient#statuses} takes at once; 0 when it is not there
 * @param findByTag whether {@link StatementClient#find} is there
 * @param boundParameters whether parameters are bound on the server
 * @param reattach whether a statement can be reached from another process
 * @param serverWait whether the server can hold back the answer to a submit
 */
public record Capabilities(
        int bulkStatus, boolean findByTag, boolean boundParameters, boolean reattach, boolean serverWait) {

    public Capabilities {
        if (bulkStatus < 0) {
            throw new IllegalArgumentException("bulkStatus must be 0 or more");
        }
    }

    public boolean hasBulkStatus() {
        return bulkStatus > 0;
    }
}
