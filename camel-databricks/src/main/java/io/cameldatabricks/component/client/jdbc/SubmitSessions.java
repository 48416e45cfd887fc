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
package io.cameldatabricks.component.client.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.BooleanSupplier;

import io.cameldatabricks.component.statement.StatementId;
import io.cameldatabricks.component.statement.StatementStatus;

/**
 * Knows in which sessions of the server the statements run that were submitted here, and so which of them must outlive their
 * connection. A statement needs its session until its end was seen, and as long after a success as the result can be read.
 * What is only seen by others, or never, is let go after the longest time that a statement can take; the server ends a
 * session by itself that nobody uses. Safe for many threads, does not block.
 *
 * @param <S> what ends a session that was left open
 */
final class SubmitSessions<S> {

    /** The service keeps a result so long. */
    private static final Duration RESULT_LIFE = Duration.ofHours(1);
    /** The service stops a statement after two days. */
    private static final Duration STATEMENT_LIFE = Duration.ofDays(2).plus(RESULT_LIFE);

    private final InstantSource clock;
    private final Map<Object, Tenancy> tenancies = new WeakHashMap<>();
    private final Map<StatementId, Tenancy> byStatement = new HashMap<>();
    private final List<Tenancy> left = new ArrayList<>();

    SubmitSessions(InstantSource clock) {
        this.clock = clock;
    }

    /** The statements of one session; says whether the session is needed when its connection closes. */
    final class Tenancy implements BooleanSupplier {

        private final S ending;
        private final Map<StatementId, Instant> neededUntil = new HashMap<>();
        private int submitting;
        private boolean doubtful;

        private Tenancy(S ending) {
            this.ending = ending;
        }

        /** Asked when the connection closes. */
        @Override
        public boolean getAsBoolean() {
            synchronized (SubmitSessions.this) {
                boolean needed = isNeeded();
                if (needed) {
                    left.add(this);
                }
                return needed;
            }
        }

        boolean isNeeded() {
            synchronized (SubmitSessions.this) {
                Instant now = clock.instant();
                neededUntil.entrySet().removeIf(entry -> {
                    boolean over = !now.isBefore(entry.getValue());
                    if (over) {
                        byStatement.remove(entry.getKey());
                    }
                    return over;
                });
                return submitting > 0 || doubtful || !neededUntil.isEmpty();
            }
        }

        /** The answer to the submit came. */
        void submitted(StatementStatus status) {
            synchronized (SubmitSessions.this) {
                submitting--;
                neededUntil.put(status.id(), clock.instant().plus(STATEMENT_LIFE));
                byStatement.put(status.id(), this);
                seen(status);
            }
        }

        /** @param mayRun the statement may have started all the same; nobody will ever say that it has ended */
        void failed(boolean mayRun) {
            synchronized (SubmitSessions.this) {
                submitting--;
                doubtful |= mayRun;
            }
        }
    }

    /**
     * A statement is about to be submitted.
     *
     * @param session of the driver; not kept alive by this
     * @param ending what can end the session later
     */
    synchronized Tenancy submitting(Object session, S ending) {
        Tenancy tenancy = tenancies.computeIfAbsent(session, missing -> new Tenancy(ending));
        tenancy.submitting++;
        return tenancy;
    }

    /** A status was read. */
    synchronized void seen(StatementStatus status) {
        switch (status.state()) {
            case PENDING, RUNNING -> {}
            case SUCCEEDED -> {
                Tenancy tenancy = byStatement.get(status.id());
                if (tenancy != null) {
                    Instant expiry = clock.instant().plus(RESULT_LIFE);
                    tenancy.neededUntil.merge(status.id(), expiry, (a, b) -> a.isBefore(b) ? a : b);
                }
            }
            case FAILED, CANCELED, CLOSED -> over(status.id());
        }
    }

    /** Nothing can be read of the statement any more. */
    synchronized void over(StatementId id) {
        Tenancy tenancy = byStatement.remove(id);
        if (tenancy != null) {
            tenancy.neededUntil.remove(id);
        }
    }

    /** Sessions that were left open and are not needed any more; each is given out once. */
    synchronized List<S> takeUnneeded() {
        if (left.isEmpty()) {
            return List.of();
        }
        List<S> unneeded = new ArrayList<>();
        left.removeIf(tenancy -> {
            boolean over = !tenancy.isNeeded();
            if (over) {
                unneeded.add(tenancy.ending);
            }
            return over;
        });
        return unneeded;
    }
}
