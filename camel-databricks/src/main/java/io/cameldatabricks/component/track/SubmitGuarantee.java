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
package io.cameldatabricks.component.track;

/** What is done when no answer came to a submit, so that the statement may or may not run. */
public enum SubmitGuarantee {
    /**
     * The submit fails with {@link io.cameldatabricks.component.error.SubmitOutcomeUnknownException} at once and is not
     * repeated. The statement is looked for by its tag afterwards, and delivered if it is found.
     */
    AT_MOST_ONCE,
    /**
     * The submit waits until the statement is found by its tag, or should have been found; it is not repeated.
     */
    RECONCILE,
    /** The statement is submitted again: only for statements that may run twice without harm. */
    AT_LEAST_ONCE
}
