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

/** What can happen to a handle. */
public enum HandleEvent {
    /** The server answered the submit with an id. */
    SUBMITTED,
    /** The server refused the submit: nothing was started. */
    REFUSED,
    /** The statement was found by its tag. */
    ADOPTED,
    /** The statement was not found in time. */
    ABANDONED,
    /** The statement was seen and has not ended. */
    OBSERVED,
    /** The statement was seen at its end. */
    ENDED,
    /** The server does not know the statement any more. */
    GONE,
    /** A node starts to deliver. */
    CLAIMED,
    /** The delivery failed, or was given back. */
    RELEASED,
    /** The node that delivers did not renew its lease. */
    LEASE_OVER,
    /** The route is done with the result. */
    CONFIRMED,
    /** The route is done with the news that the statement is lost. */
    REPORTED,
    /** The last delivery that is allowed failed. */
    BURIED,
    /** Somebody wants it to be delivered after all. */
    REVIVED,
    /** Somebody wants the news that the statement is lost to be delivered after all. */
    LOSS_REVIVED
}
