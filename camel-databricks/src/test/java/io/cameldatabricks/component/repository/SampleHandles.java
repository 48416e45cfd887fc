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

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.cameldatabricks.component.statement.CarriedHeaders;
import io.cameldatabricks.component.statement.StatementFailure;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementOrigin;
import io.cameldatabricks.component.statement.StatementState;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.StatementTarget;
import io.cameldatabricks.component.statement.Transport;
import io.cameldatabricks.component.statement.WarehouseId;

/** Handles as the operations would make them. */
public final class SampleHandles {

    public static final String NAME = "reports";
    public static final Instant AT = Instant.parse("2026-11-21T10:15:30.123456Z");

    private SampleHandles() {}

    public static StatementHandle intent(String key) {
        return intent(key, NAME);
    }

    public static StatementHandle intent(String key, String name) {
        return intent(key, name, Transport.REST);
    }

    public static StatementHandle intent(String key, String name, Transport transport) {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("OrderId", 4711L);
        headers.put("Region", "Île & \"Düsseldorf\"\n=;'");
        headers.put("Amount", new BigDecimal("12.50"));
        headers.put("Urgent", true);
        return StatementHandle.intended(
                key,
                name,
                new StatementTarget(transport, "dbc-1.cloud.databricks.com", new WarehouseId("w1")),
                new StatementOrigin("a".repeat(64), CarriedHeaders.of(headers), "order 4711", AT, 7, true));
    }

    public static StatementHandle submitted(StatementHandle intent) {
        return intent.withSubmitted(StatementId.of("id-" + intent.key()), AT.plusSeconds(1));
    }

    public static StatementHandle succeeded(StatementHandle submitted) {
        return submitted.withObserved(new StatementStatus(
                submitted.statementId(), StatementState.SUCCEEDED, null, AT.plusSeconds(9), AT.plusSeconds(8)));
    }

    public static StatementHandle failed(StatementHandle submitted) {
        StatementFailure failure = new StatementFailure("BAD_REQUEST", "42601", "no such column ü");
        return submitted.withObserved(
                new StatementStatus(submitted.statementId(), StatementState.FAILED, failure, AT.plusSeconds(9), null));
    }
}
