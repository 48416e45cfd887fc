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
package io.cameldatabricks.component.statement;

/** What we owe the user for a submitted statement. Durable; moved by {@link HandleTransition} only. */
public enum HandleState {
    /** Written down before the submit; whether the server has the statement is not known. */
    INTENDED,
    /** The server has it; its end was not seen yet. */
    SUBMITTED,
    /** Its end was seen; nobody delivers it now. */
    COMPLETED,
    /** A node delivers it. */
    CLAIMED,
    /** The route is done with it. Kept for a while, so that a late duplicate is recognised. */
    DELIVERED,
    /** Its end can never be seen any more; the route has still to be told. */
    LOST,
    /** Delivered in vain too often; kept with its reason until somebody looks. */
    DEAD;

    /** Whether we owe nothing more. */
    public boolean isSettled() {
        return this == DELIVERED || this == DEAD;
    }
}
