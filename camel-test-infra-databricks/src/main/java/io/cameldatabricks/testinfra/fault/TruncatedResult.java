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

/** Results are cut off, and marked as such, as those above the service's limits are. Counts submits. */
public final class TruncatedResult extends CallFault<TruncatedResult> {

    private TruncatedResult() {
        super(CallKind.SUBMIT);
    }

    /** Cut after so many rows; a result with fewer rows is whole. */
    public static TruncatedResult afterRows(int rows) {
        TruncatedResult fault = new TruncatedResult();
        fault.set("rows", positive(rows));
        return fault;
    }

    /** All rows are there, and the result says that it is cut off nevertheless. */
    public static TruncatedResult markedOnly() {
        return new TruncatedResult();
    }
}
