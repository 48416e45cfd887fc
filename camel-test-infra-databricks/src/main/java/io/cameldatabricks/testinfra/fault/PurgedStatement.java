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

/**
 * The service does not know statements any more: what is asked about them by their id is answered with 404. The history
 * still has them. Without this, a statement is purged 12 hours after its end by the warehouse's clock.
 */
public final class PurgedStatement extends CallFault<PurgedStatement> {

    /** Every statement, or those of {@link #onStatement}. */
    public PurgedStatement() {
        super(CallKind.STATUS, CallKind.CANCEL, CallKind.CLOSE, CallKind.RESULT);
    }
}
