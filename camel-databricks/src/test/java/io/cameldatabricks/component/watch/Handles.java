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

    private static final StatementTarget TARGET =
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
