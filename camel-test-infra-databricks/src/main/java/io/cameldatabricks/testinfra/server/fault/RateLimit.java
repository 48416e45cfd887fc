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

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Refuses the calls above so many in any second; refused ones do not count. Confined to the registry's lock. */
final class RateLimit implements FaultAction {

    private final int callsPerSecond;
    private final Refusal refusal;
    private final InstantSource clock;
    private final Deque<Instant> passed = new ArrayDeque<>();

    RateLimit(int callsPerSecond, Refusal refusal, InstantSource clock) {
        this.callsPerSecond = callsPerSecond;
        this.refusal = refusal;
        this.clock = clock;
    }

    @Override
    public boolean meet(FaultTarget target, FaultPlan plan) {
        Instant now = clock.instant();
        while (!passed.isEmpty() && !passed.peek().isAfter(now.minusSeconds(1))) {
            passed.poll();
        }
        if (passed.size() < callsPerSecond) {
            passed.add(now);
            return false;
        }
        plan.refuse(refusal);
        return true;
    }
}
