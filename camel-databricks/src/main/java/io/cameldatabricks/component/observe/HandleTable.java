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
package io.cameldatabricks.component.observe;

import java.time.Instant;
import java.util.List;

import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

import io.cameldatabricks.component.statement.StatementHandle;

/** Handles as a table of JMX, without headers and other data of users. Stateless. */
public final class HandleTable {

    private static final String[] COLUMNS = {
        "key", "state", "statementId", "serverState", "intendedAt", "completedAt", "deliveries", "reason"
    };
    private static final String[] DESCRIPTIONS = {
        "Key of the handle, which is also the query tag camel_handle",
        "What is owed",
        "Id in the query history",
        "What the server said last",
        "When the statement was asked for",
        "When it ended",
        "How often it was claimed",
        "Why it was given up"
    };
    private static final OpenType<?>[] TYPES = {
        SimpleType.STRING,
        SimpleType.STRING,
        SimpleType.STRING,
        SimpleType.STRING,
        SimpleType.STRING,
        SimpleType.STRING,
        SimpleType.INTEGER,
        SimpleType.STRING
    };

    private HandleTable() {}

    public static TabularData of(List<StatementHandle> handles) {
        try {
            CompositeType row = new CompositeType("handle", "A submitted statement", COLUMNS, DESCRIPTIONS, TYPES);
            TabularData table = new TabularDataSupport(
                    new TabularType("handles", "Submitted statements", row, new String[] {"key"}));
            for (StatementHandle handle : handles) {
                table.put(new CompositeDataSupport(row, COLUMNS, values(ConsoleSnapshot.Handle.of(handle))));
            }
            return table;
        } catch (OpenDataException e) {
            throw new IllegalStateException("The table does not fit to its own type", e);
        }
    }

    private static Object[] values(ConsoleSnapshot.Handle handle) {
        return new Object[] {
            handle.key(),
            handle.state().name(),
            handle.statementId(),
            handle.serverState(),
            text(handle.intendedAt()),
            text(handle.completedAt()),
            handle.deliveries(),
            handle.reason()
        };
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }
}
