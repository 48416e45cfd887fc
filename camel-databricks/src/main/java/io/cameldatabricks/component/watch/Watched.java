package io.cameldatabricks.component.watch;

import java.time.Duration;
import java.time.Instant;

import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.StatementHandle;
import io.cameldatabricks.component.statement.StatementId;

/** One handle while it is watched. Guarded by the watcher, except for what never changes. */
final class Watched {

    private final String key;
    private final StatementId id;

    /** As it was adopted: observations on the way make no versions. */
    final StatementHandle handle;

    /** When the server was asked for it by itself last, or took it: that keeps it alive. */
    Instant readAt;

    /** When it was known not to have ended last. */
    Instant seenRunningAt;

    Instant dueAt;
    Duration interval = Duration.ZERO;
    int failures;
    boolean gone;
    boolean forgotten;

    /** Whether the timer has it; else it is being looked at, or its end is being told. */
    boolean planned;

    Watched(StatementHandle handle, Instant readAt) {
        this.key = handle.key();
        this.id = handle.statementId();
        this.handle = handle;
        this.readAt = readAt;
        this.seenRunningAt = readAt;
    }

    String key() {
        return key;
    }

    StatementId id() {
        return id;
    }

    Urgency urgency() {
        return new Urgency(dueAt, interval);
    }
}
