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
package io.cameldatabricks.testinfra.server.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.cameldatabricks.testinfra.fault.CutPoint;
import io.cameldatabricks.testinfra.server.model.ResultFaults;
import io.cameldatabricks.testinfra.server.model.ServerClock;
import io.cameldatabricks.testinfra.server.model.SessionStore;
import io.cameldatabricks.testinfra.server.model.WarehouseCompute;

/** What each fault does, by its name. */
public final class FaultActions {

    static final FaultAction CUT_UNREAD = cut(CutPoint.UNREAD);

    private final ServerClock clock;
    private final WarehouseCompute compute;
    private final SessionStore sessions;

    public FaultActions(ServerClock clock, WarehouseCompute compute, SessionStore sessions) {
        this.clock = clock;
        this.compute = compute;
        this.sessions = sessions;
    }

    /** @throws IllegalArgumentException when there is no such fault or a field cannot be understood */
    FaultAction of(String name, Map<String, List<String>> form) {
        return switch (name) {
            case "SlowStart" -> new StartDelay(form, compute, sessions);
            case "LostSubmitAnswer", "ConnectionReset" -> {
                CutPoint point = Form.choice(form, "cut", CutPoint.UNEXECUTED);
                yield point == CutPoint.UNREAD ? CUT_UNREAD : cut(point);
            }
            case "TooManyRequests" -> {
                int perSecond = Form.number(form, "perSecond", 0);
                Refusal refusal = Refusal.parse(form, 429);
                yield perSecond == 0 ? refuse(refusal) : new RateLimit(perSecond, refusal, clock);
            }
            case "ServerError" -> refuse(Refusal.parse(form, 500));
            case "RefusedCall" -> refuse(Refusal.parse(form, 403));
            case "PurgedStatement" -> refuse(Refusal.parse(form, 404));
            case "ExpiringLinks" -> links(Form.number(form, "life", -1));
            case "TruncatedResult" -> truncate(Form.number(form, "rows", 0));
            case "ClosedOnSuccess" -> close(Form.choice(form, "closed", ResultFaults.Closing.WITH_RESULT));
            case "SessionExpired" ->
                (target, plan) -> {
                    if (target.sessionId() == null) {
                        return false;
                    }
                    plan.forgetSession();
                    return true;
                };
            default -> throw new IllegalArgumentException("There is no fault with the name '" + name + "'.");
        };
    }

    private static FaultAction cut(CutPoint point) {
        return (target, plan) -> {
            plan.cutAt(point);
            return true;
        };
    }

    private static FaultAction refuse(Refusal refusal) {
        return (target, plan) -> {
            plan.refuse(refusal);
            return true;
        };
    }

    private static FaultAction links(int life) {
        return life < 0
                ? refuse(Refusal.expiredLink())
                : (target, plan) -> {
                    plan.shortenLinks(Duration.ofSeconds(life));
                    return true;
                };
    }

    private static FaultAction truncate(int rows) {
        return (target, plan) -> {
            plan.spoil(plan.result().withTruncation(rows));
            return true;
        };
    }

    private static FaultAction close(ResultFaults.Closing closing) {
        return (target, plan) -> {
            plan.spoil(plan.result().withClosing(closing));
            return true;
        };
    }
}
