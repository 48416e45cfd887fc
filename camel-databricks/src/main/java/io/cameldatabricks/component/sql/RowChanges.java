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
package io.cameldatabricks.component.sql;

/** How many rows statements have inserted, updated and deleted, as the server reported it. Immutable. */
public record RowChanges(long inserted, long updated, long deleted) {

    /**
     * What two statements have done together.
     *
     * @param one null when it did not tell, as most kinds of statements do not
     * @param other null when it did not tell
     * @return null when neither told
     */
    public static RowChanges sum(RowChanges one, RowChanges other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return new RowChanges(one.inserted + other.inserted, one.updated + other.updated, one.deleted + other.deleted);
    }
}
