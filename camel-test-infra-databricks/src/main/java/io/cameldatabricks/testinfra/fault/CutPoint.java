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
package io.cameldatabricks.testinfra.fault;

/** When the connection of a call is cut. */
public enum CutPoint {
    /** Before the body of the request is read; nothing is done. */
    UNREAD,
    /** In the middle of the body of an uploaded file; nothing is done. For other calls like {@link #UNEXECUTED}. */
    HALF_READ,
    /** When the request has been read; nothing is done. */
    UNEXECUTED,
    /** When the request has been carried out; nothing is answered. */
    UNANSWERED,
    /** In the middle of the answer's body; an answer without a body is not given at all. */
    HALF_ANSWERED
}
