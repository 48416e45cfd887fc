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
package io.cameldatabricks.component;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.cameldatabricks.testinfra.LocalWarehouse;
import io.cameldatabricks.testinfra.WarehouseRequest;

/** Counts what a warehouse was asked for, over more requests than its log holds if it is told to look often enough. */
public final class RequestTally {

    private final LocalWarehouse warehouse;
    private final Map<String, Long> counts = new HashMap<>();
    private final Set<Long> unanswered = new HashSet<>();
    private long seen;

    /** Counts from now on. */
    public RequestTally(LocalWarehouse warehouse) {
        this.warehouse = warehouse;
        List<WarehouseRequest> past = warehouse.requests();
        seen = past.isEmpty() ? -1 : past.get(past.size() - 1).number();
    }

    /** Looks at what is new. */
    public synchronized RequestTally look() {
        for (WarehouseRequest request : warehouse.requests()) {
            boolean isNew = request.number() > seen;
            if (isNew || unanswered.contains(request.number())) {
                seen = Math.max(seen, request.number());
                if (request.status() == 0) {
                    unanswered.add(request.number());
                } else {
                    unanswered.remove(request.number());
                    count(request);
                }
            }
        }
        return this;
    }

    private void count(WarehouseRequest request) {
        if (request.status() == 401) {
            counts.merge("refused", 1L, Long::sum);
        }
        if (request.method().equals("POST") && request.uri().endsWith("/oidc/v1/token")) {
            counts.merge("tokens", 1L, Long::sum);
        }
        if (request.method().equals("POST") && request.uri().matches("/api/2.0/sql/statements/?")) {
            counts.merge("submitted", 1L, Long::sum);
            if (request.status() == 200) {
                counts.merge("accepted", 1L, Long::sum);
            }
        }
        if (request.method().equals("POST") && request.uri().contains("/sessions")) {
            counts.merge("sessions", 1L, Long::sum);
        }
    }

    /** Tokens that were asked for. */
    public long tokens() {
        return counts.getOrDefault("tokens", 0L);
    }

    /** Sessions that were opened. */
    public long sessions() {
        return counts.getOrDefault("sessions", 0L);
    }

    /** Statements that were sent. */
    public long submitted() {
        return counts.getOrDefault("submitted", 0L);
    }

    /** Of these, those that were run. */
    public long accepted() {
        return counts.getOrDefault("accepted", 0L);
    }

    /** Requests whose token was refused. */
    public long refused() {
        return counts.getOrDefault("refused", 0L);
    }
}
