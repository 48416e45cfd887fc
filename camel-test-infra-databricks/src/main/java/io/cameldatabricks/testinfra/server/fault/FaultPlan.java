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

import io.cameldatabricks.testinfra.fault.CutPoint;
import io.cameldatabricks.testinfra.server.model.ResultFaults;

/**
 * What is to go wrong with one call.
 *
 * <p>Filled by one thread before the call is carried out, then only read.
 */
public final class FaultPlan {

    private Refusal refusal;
    private CutPoint cut;
    private boolean sessionForgotten;
    private boolean waitsForStart;
    private ResultFaults result = ResultFaults.NONE;
    private Duration linkLife;

    /** How the call is refused, or null. */
    public Refusal refusal() {
        return refusal;
    }

    /** When the connection is cut, or null. */
    public CutPoint cut() {
        return cut;
    }

    /** Whether the call is refused, and not carried out. */
    public boolean refusedBefore() {
        return refusal != null && !refusal.executed();
    }

    /** Whether the connection is cut, and the call not carried out. */
    public boolean cutBefore() {
        return cut == CutPoint.UNREAD || cut == CutPoint.HALF_READ || cut == CutPoint.UNEXECUTED;
    }

    /** Whether the session of the call is forgotten before it is carried out. */
    public boolean sessionForgotten() {
        return sessionForgotten;
    }

    /** Whether the call is carried out only when the warehouse runs. */
    public boolean waitsForStart() {
        return waitsForStart;
    }

    /** What goes wrong with the result of the statement that the call brings. */
    public ResultFaults result() {
        return result;
    }

    /** How long the links in the answer live, or null for as long as usual. */
    public Duration linkLife() {
        return linkLife;
    }

    void refuse(Refusal with) {
        refusal = with;
    }

    void cutAt(CutPoint point) {
        cut = point;
    }

    void forgetSession() {
        sessionForgotten = true;
    }

    void waitForStart() {
        waitsForStart = true;
    }

    void spoil(ResultFaults faults) {
        result = faults;
    }

    void shortenLinks(Duration life) {
        linkLife = life;
    }

    /** What comes after this in the list of faults no longer matters to the call. */
    boolean settled() {
        return refusal != null || cut != null;
    }
}
