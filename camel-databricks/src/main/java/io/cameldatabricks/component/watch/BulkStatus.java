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
package io.cameldatabricks.component.watch;

/** Whether many statements are asked for at once, through the query history. */
public enum BulkStatus {
    /** When many statements of the workspace are in flight. */
    AUTO,
    /** Whenever a few are due at the same time. */
    ALWAYS,
    /** Every statement is asked for by itself. */
    NEVER;

    /** From how many watched statements on; see {@link WatchSettings#bulkFrom()}. */
    public int from() {
        return switch (this) {
            case AUTO -> WatchSettings.standard().bulkFrom();
            case ALWAYS -> 1;
            case NEVER -> 0;
        };
    }
}
