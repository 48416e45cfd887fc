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
package io.cameldatabricks.benchmarks.crash;

/** What a line of a record tells. */
enum Happening {
    /** A process is up. Fields: its life. */
    STARTED,
    /** A process ended by itself. */
    STOPPED,
    /** A process was asked to end by itself. */
    STOPPING,
    /** A process was killed, as its parent knows. */
    KILLED,
    /** A process was stopped with SIGSTOP, and went on with SIGCONT. */
    PAUSED,
    RESUMED,
    /** A process can no longer reach something (fields: what), and can again. */
    CUT_OFF,
    RECONNECTED,
    /** A node got an epoch. Fields: epoch. */
    JOINED,
    /** A node was told that its epoch has ended. Fields: epoch. */
    DISOWNED,
    /** A job is about to be submitted. */
    BEGUN,
    /** The submit was answered. Fields: statement id. */
    ANSWERED,
    /** The submit failed. Fields: simple name of the exception. */
    FAILED,
    /** An exchange reached the route. Fields: statement id or -, delivery count, outcome. */
    EMITTED,
    /** The route is done with it, well. */
    DONE,
    /** The route failed, as it was told to. */
    ROUTE_FAILED,
    /** The confirmation is stored. */
    CONFIRMED,
    /** The confirmation was refused: the claim belongs to somebody else. */
    NOT_CONFIRMED,
    /** Handles that have not come to their end. Fields: open, delivered, dead. */
    COUNTED
}
