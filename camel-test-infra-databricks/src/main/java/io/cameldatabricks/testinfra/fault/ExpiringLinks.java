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

import java.time.Duration;

/** Links to parts of a result do not live as long as they should. */
public final class ExpiringLinks extends CallFault<ExpiringLinks> {

    private ExpiringLinks(CallKind... kinds) {
        super(kinds);
    }

    /**
     * Links live so long by the warehouse's clock, and say so; then they are refused with 403. Counts the answers that
     * may hold links.
     *
     * @param life in whole seconds; zero for links that have expired when they are handed out
     */
    public static ExpiringLinks after(Duration life) {
        ExpiringLinks fault = new ExpiringLinks(CallKind.SUBMIT, CallKind.STATUS, CallKind.RESULT);
        fault.set("life", String.valueOf(life.toSeconds()));
        return fault;
    }

    /** Downloads are refused with 403, whatever their links say. */
    public static ExpiringLinks refused() {
        return new ExpiringLinks(CallKind.DOWNLOAD);
    }
}
