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
package io.cameldatabricks.testinfra.server.model;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.cameldatabricks.testinfra.server.engine.EngineException;
import io.cameldatabricks.testinfra.server.engine.SessionSettings;
import io.cameldatabricks.testinfra.server.engine.SqlEngine;

/**
 * The open sessions. One that nobody used for eight hours is gone.
 *
 * <p>Thread-safe.
 */
public final class SessionStore {

    private final Map<String, ServerSession> sessions = new ConcurrentHashMap<>();
    private final SqlEngine engine;
    private final ServerClock clock;

    public SessionStore(SqlEngine engine, ServerClock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    /**
     * @throws EngineException as {@link SqlEngine#openSession} does, or when the statement time-out is not a number
     */
    public ServerSession open(SessionSettings settings) throws EngineException {
        Map<String, String> tags = tags(settings.configuration().getOrDefault("QUERY_TAGS", ""));
        Duration timeout = timeout(settings.configuration().get("STATEMENT_TIMEOUT"));
        ServerSession session =
                new ServerSession(StatementStore.newId(), engine.openSession(settings), tags, timeout, clock.instant());
        sessions.put(session.id(), session);
        return session;
    }

    public Optional<ServerSession> find(String id) {
        ServerSession session = sessions.get(id);
        if (session == null) {
            return Optional.empty();
        }
        if (session.idleSince(clock.instant())) {
            close(id);
            return Optional.empty();
        }
        session.touch(clock.instant());
        return Optional.of(session);
    }

    /** @return false when there is no such session */
    public boolean close(String id) {
        ServerSession session = sessions.remove(id);
        if (session == null) {
            return false;
        }
        session.engineSession().close();
        return true;
    }

    /** @return how many sessions were closed */
    public int closeAll() {
        int closed = 0;
        for (String id : sessions.keySet()) {
            closed += close(id) ? 1 : 0;
        }
        return closed;
    }

    /** Closes the sessions that nobody uses. */
    public void expire() {
        for (ServerSession session : sessions.values()) {
            if (session.idleSince(clock.instant())) {
                close(session.id());
            }
        }
    }

    public int size() {
        return sessions.size();
    }

    private static Duration timeout(String seconds) throws EngineException {
        if (seconds == null || seconds.isBlank()) {
            return null;
        }
        try {
            long value = Long.parseLong(seconds.trim());
            return value > 0 ? Duration.ofSeconds(value) : null;
        } catch (NumberFormatException e) {
            throw EngineException.failed(
                    "INVALID_PARAMETER_VALUE", null, "STATEMENT_TIMEOUT must be a number of seconds.", e);
        }
    }

    /** {@code team:x,dry} as the driver's QUERY_TAGS has it; a tag may have no value. */
    public static Map<String, String> tags(String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String tag : text.split(",")) {
            if (!tag.isBlank()) {
                int colon = tag.indexOf(':');
                tags.put(
                        (colon < 0 ? tag : tag.substring(0, colon)).trim(),
                        colon < 0 ? "" : tag.substring(colon + 1).trim());
            }
        }
        return tags;
    }
}
