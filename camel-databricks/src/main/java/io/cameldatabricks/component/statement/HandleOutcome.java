package io.cameldatabricks.component.statement;

import java.time.Instant;

/** What a route is told about a handle whose end was seen, or can never be seen. */
public enum HandleOutcome {
    /** It succeeded, and its result can be read. */
    SUCCEEDED,
    /** It succeeded, and its result was released on the server. */
    RELEASED,
    /** It succeeded, but its result was not read in time. */
    RESULT_EXPIRED,
    /** It failed. */
    FAILED,
    /** It was cancelled. */
    CANCELED,
    /** It ended so long ago that the server does not know it any more. */
    PURGED,
    /** The server does not know it although it should. */
    UNKNOWN_TO_SERVER,
    /** No answer came to the submit, and the statement was not found. */
    NEVER_FOUND;

    /**
     * @param handle whose end was seen, or which was lost
     * @param now when the result would be read
     * @throws IllegalArgumentException for a handle that still waits for its end
     */
    public static HandleOutcome of(StatementHandle handle, Instant now) {
        if (handle.loss() != null) {
            return switch (handle.loss()) {
                case NEVER_FOUND -> NEVER_FOUND;
                case PURGED -> PURGED;
                case UNKNOWN_TO_SERVER -> UNKNOWN_TO_SERVER;
            };
        }
        if (handle.status() == null) {
            throw new IllegalArgumentException("A handle in state " + handle.state() + " has no outcome yet");
        }
        return switch (handle.status().state()) {
            case SUCCEEDED -> handle.deadlines().resultExpired(now) ? RESULT_EXPIRED : SUCCEEDED;
            case CLOSED -> RELEASED;
            case FAILED -> FAILED;
            case CANCELED -> CANCELED;
            case PENDING, RUNNING -> throw new IllegalArgumentException(
                    "A handle in state " + handle.state() + " has no outcome yet");
        };
    }
}
