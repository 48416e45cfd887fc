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
package io.cameldatabricks.component.error;

import java.util.Set;

/**
 * Whether a statement failed because another transaction changed the same data. Delta commits all of a statement or nothing,
 * so that nothing was changed and the same statement may succeed when it is repeated. Stateless.
 */
final class WriteConflict {

    private static final Set<String> CHANGED = Set.of("DELTA_METADATA_CHANGED", "DELTA_PROTOCOL_CHANGED");

    private WriteConflict() {}

    /**
     * @param sqlState of the failed statement, or null
     * @param errorClass of the failed statement, or null
     */
    static boolean is(String sqlState, String errorClass) {
        if (sqlState != null && sqlState.startsWith("40")) {
            // the standard's "transaction rollback"
            return true;
        }
        // Delta has this SQLSTATE for more than conflicts
        return errorClass == null
                ? "2D521".equals(sqlState)
                : errorClass.startsWith("DELTA_CONCURRENT_")
                        || errorClass.startsWith("COPY_INTO_DUPLICATED_FILES")
                        || CHANGED.contains(errorClass);
    }
}
