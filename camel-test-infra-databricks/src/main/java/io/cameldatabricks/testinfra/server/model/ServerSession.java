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
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.cameldatabricks.testinfra.server.engine.EngineSession;

/**
 * A client's session.
 *
 * <p>Thread-safe.
 */
public final class ServerSession {

    static final Duration IDLE_LIFE = Duration.ofHours(8);

    private final String id;
    private final EngineSession engineSession;
    private volatile Map<String, String> tags;
    private final Duration statementTimeout;
    private volatile Instant used;

    ServerSession(
            String id, EngineSession engineSession, Map<String, String> tags, Duration statementTimeout, Instant now) {
        this.id = id;
        this.engineSession = engineSession;
        this.tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        this.statementTimeout = statementTimeout;
        this.used = now;
    }

    public String id() {
        return id;
    }

    public EngineSession engineSession() {
        return engineSession;
    }

    /** Query tags that every statement of the session carries. */
    public Map<String, String> tags() {
        return tags;
    }

    synchronized void change(QueryTagsStatement statement) {
        tags = statement.appliedTo(tags);
    }

    /** How long a statement of the session may run, or null for as long as it takes. */
    public Duration statementTimeout() {
        return statementTimeout;
    }

    void touch(Instant now) {
        used = now;
    }

    boolean idleSince(Instant now) {
        return !now.isBefore(used.plus(IDLE_LIFE));
    }
}
