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

/**
 * The workspace refuses calls with 429 REQUEST_LIMIT_EXCEEDED; without more words any call about sessions, statements,
 * results, the history, files and warehouses, and without a Retry-After.
 */
public final class TooManyRequests extends CallFault<TooManyRequests> {

    private TooManyRequests() {
        super(
                CallKind.OPEN_SESSION,
                CallKind.CLOSE_SESSION,
                CallKind.SUBMIT,
                CallKind.STATUS,
                CallKind.CANCEL,
                CallKind.CLOSE,
                CallKind.RESULT,
                CallKind.HISTORY,
                CallKind.UPLOAD_FILE,
                CallKind.DOWNLOAD_FILE,
                CallKind.MANAGE_FILES,
                CallKind.WAREHOUSE);
    }

    /** Refuses every call. */
    public static TooManyRequests always() {
        return new TooManyRequests();
    }

    /** Refuses so many calls. */
    public static TooManyRequests first(int calls) {
        return new TooManyRequests().times(calls);
    }

    /** Refuses the calls above so many in a second, by the warehouse's clock; refused ones do not count. */
    public static TooManyRequests above(int callsPerSecond) {
        TooManyRequests fault = new TooManyRequests();
        fault.set("perSecond", positive(callsPerSecond));
        return fault;
    }

    public TooManyRequests on(CallKind... kinds) {
        return kinds(kinds);
    }

    /** Sends Retry-After as whole seconds. */
    public TooManyRequests retryAfter(Duration wait) {
        set("retryAfter", String.valueOf(wait.toSeconds()));
        return this;
    }

    /** Sends Retry-After as an HTTP date, which lies so far ahead. */
    public TooManyRequests retryAtDate(Duration wait) {
        set("retryAtDate", String.valueOf(wait.toSeconds()));
        return this;
    }
}
