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
package io.cameldatabricks.component.watch;

import java.time.Instant;

import io.cameldatabricks.component.statement.CarriedHeaders;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementOrigin;
import io.cameldatabricks.component.statement.StatementTarget;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.statement.WarehouseId;

/** Handles for tests. */
final class Handles {

    static final StatementTarget TARGET =
            new StatementTarget(Transport.REST, "host.example.com", new WarehouseId("w1"));

    private Handles() {}

    static StatementHandle intended(String key, Instant at) {
        return StatementHandle.intended(
                key, "reports", TARGET, new StatementOrigin("00ff", CarriedHeaders.none(), null, at));
    }

    static StatementHandle submitted(String key, Instant at) {
        return intended(key, at).withSubmitted(id(key), at);
    }

    static StatementId id(String key) {
        return StatementId.of("01f0-" + key);
    }
}
