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

/** Why the end of a statement can never be seen any more. */
public enum LossReason {
    /** No answer came to the submit, and the statement was not found by its tag: it may or may not have run. */
    NEVER_FOUND,
    /** The server does not know the statement any more, because it ended too long ago. */
    PURGED,
    /** The server does not know the statement although it should: dropped, or never there. */
    UNKNOWN_TO_SERVER
}
