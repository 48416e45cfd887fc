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
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.server.model.SessionStore;
import io.cameldatabricks.testinfra.server.model.WarehouseCompute;

/** Makes the starts of the warehouse take time. */
final class StartDelay implements FaultAction {

    private final WarehouseCompute compute;
    private final SessionStore sessions;
    private final Duration start;
    private final Sessions mode;
    private final Refusal refusal;

    /** What happens to a session that is opened during a start. */
    private enum Sessions {
        OPEN,
        WAIT,
        UNAVAILABLE
    }

    StartDelay(Map<String, List<String>> form, WarehouseCompute compute, SessionStore sessions) {
        this.compute = compute;
        this.sessions = sessions;
        try {
            start = Duration.parse(Form.first(form, "start", ""));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("Field 'start' must be a duration such as PT20S.", e);
        }
        mode = Form.choice(form, "sessions", Sessions.OPEN);
        refusal = Refusal.starting(Form.number(form, "retryAfter", -1));
    }

    @Override
    public boolean meet(FaultTarget target, FaultPlan plan) {
        if (compute.state() == WarehouseCompute.State.RUNNING) {
            return false;
        }
        compute.wake();
        if (target.kind() == CallKind.OPEN_SESSION) {
            switch (mode) {
                case OPEN -> {}
                case WAIT -> plan.waitForStart();
                case UNAVAILABLE -> plan.refuse(refusal);
            }
        }
        return true;
    }

    @Override
    public void switchOn() {
        compute.startTakes(start);
        compute.stop();
        sessions.closeAll();
    }

    @Override
    public void switchOff() {
        compute.startTakes(Duration.ZERO);
    }
}
