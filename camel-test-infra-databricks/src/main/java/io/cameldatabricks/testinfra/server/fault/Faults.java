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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.cameldatabricks.testinfra.fault.CallKind;

/**
 * The active faults. A call meets them in the order in which they were switched on; the first one that refuses it or cuts
 * its connection is the last one that it meets.
 *
 * <p>Thread-safe.
 */
public final class Faults {

    private static final Met NOTHING = new Met(new FaultPlan(), List.of());

    private final FaultActions actions;
    private final List<ServerFault> active = new CopyOnWriteArrayList<>();
    private int number;

    public Faults(FaultActions actions) {
        this.actions = actions;
    }

    /**
     * How a fault stands.
     *
     * @param hits calls that have met it
     */
    public record Count(String id, int hits) {}

    /**
     * The plan for a call, and the ids of the faults that are in it.
     */
    public record Met(FaultPlan plan, List<String> ids) {}

    /**
     * @return the id of the fault
     * @throws IllegalArgumentException when it cannot be understood, with what is wrong about it
     */
    public synchronized String switchOn(Map<String, List<String>> form) {
        String name = Form.first(form, "fault", "");
        FaultAction action = actions.of(name, form);
        if (action instanceof StartDelay && active.stream().anyMatch(other -> other.action() instanceof StartDelay)) {
            throw new IllegalArgumentException("There is a SlowStart already; switch it off first.");
        }
        ServerFault fault = new ServerFault(name + "-" + ++number, form, action);
        action.switchOn();
        active.add(fault);
        return fault.id();
    }

    /** Does nothing when there is no such fault. */
    public void switchOff(String id) {
        for (ServerFault fault : active) {
            if (fault.id().equals(id) && active.remove(fault)) {
                fault.action().switchOff();
            }
        }
    }

    public void switchAllOff() {
        active.forEach(fault -> switchOff(fault.id()));
    }

    public synchronized List<Count> counts() {
        return active.stream().map(fault -> new Count(fault.id(), fault.hits())).toList();
    }

    /** @return the plan of a call whose connection is cut before its body is read, or null */
    public Met meetUnread(CallKind kind) {
        if (active.isEmpty()) {
            return null;
        }
        synchronized (this) {
            for (ServerFault fault : active) {
                FaultPlan plan = new FaultPlan();
                if (fault.action() == FaultActions.CUT_UNREAD
                        && fault.needsNoBody(kind)
                        && fault.meet(FaultTarget.of(kind), plan)) {
                    return new Met(plan, List.of(fault.id()));
                }
            }
        }
        return null;
    }

    /** Whether there are any. */
    public boolean active() {
        return !active.isEmpty();
    }

    /** @param call null when there were no faults */
    public Met meet(FaultTarget call) {
        if (call == null) {
            return NOTHING;
        }
        FaultPlan plan = new FaultPlan();
        List<String> ids = new ArrayList<>();
        synchronized (this) {
            for (ServerFault fault : active) {
                boolean metBefore = fault.action() == FaultActions.CUT_UNREAD && fault.needsNoBody(call.kind());
                if (!plan.settled() && !metBefore && fault.meet(call, plan)) {
                    ids.add(fault.id());
                }
            }
        }
        return new Met(plan, ids);
    }
}
