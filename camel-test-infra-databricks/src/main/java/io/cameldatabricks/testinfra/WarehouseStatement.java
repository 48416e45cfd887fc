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
package io.cameldatabricks.testinfra;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A statement that the warehouse has accepted, whether or not its client learned of it.
 *
 * @param id the statement's id
 * @param state the state it is in
 * @param acceptedAt by the warehouse's clock
 * @param sql its text
 * @param sessionId the session it was submitted in, or null for none
 * @param tags query tags of the session and of the statement
 */
public record WarehouseStatement(
        String id, String state, Instant acceptedAt, String sql, String sessionId, Map<String, String> tags) {

    public WarehouseStatement {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    /** Without the text, which may hold values. */
    @Override
    public String toString() {
        return id + " " + state + " " + tags;
    }
}
