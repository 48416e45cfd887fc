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
package io.cameldatabricks.component;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

import io.cameldatabricks.component.ingest.OnBadRow;
import io.cameldatabricks.component.ingest.OnDuplicateKey;

/** How rows of messages are written into tables. */
@UriParams
public class DatabricksIngestOptions implements Cloneable {

    @UriParam(
            label = "producer",
            description =
                    "The table that INSERT, MERGE and LOAD write into: table, schema.table or catalog.schema.table. A part with other characters than letters, digits, _, - and $ has to be in backticks.")
    private String table;

    @UriParam(
            label = "producer,security",
            defaultValue = "false",
            description =
                    "Whether the header CamelDatabricksTable may give the table. Who can set it can then write into any table that the endpoint's user may write into.")
    private boolean allowDynamicTable;

    @UriParam(
            label = "producer",
            description =
                    "The columns that INSERT, MERGE and LOAD write, with commas between them; what else a Map, bean or file has is left out. Without it the first row says which columns there are, and a row that has others is a bad row; of a file all columns are loaded.")
    private String columns;

    @UriParam(
            label = "producer",
            defaultValue = "1000",
            description =
                    "How many rows a statement of INSERT or MERGE has at most. The service's limits, 255 values and 16 MiB, come on top, so that a statement with rows of 5 columns has 51 at most.")
    private int batchSize = 1_000;

    @UriParam(
            label = "producer",
            defaultValue = "FAIL",
            description =
                    "What becomes of a row that cannot be written, since it lacks a column, a value cannot be bound, or the server refuses its values: FAIL fails the message; SKIP leaves the row out and reports it in the header CamelDatabricksBadRows; DEAD_LETTER puts the row itself there too. A statement that the server refuses is cut in two again and again until the bad rows are found, which takes about 2 x log2(rows) more statements for each.")
    private OnBadRow onBadRow = OnBadRow.FAIL;

    @UriParam(
            label = "producer",
            defaultValue = "1000",
            description = "How many bad rows of a message may be left out; one more makes the message fail.")
    private int maxBadRows = 1_000;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "5",
            description =
                    "How often a statement of INSERT or MERGE is sent again that changed nothing, since another writer changed the same data, and COPY INTO of LOAD also when its answer was lost; with growing pauses, in which no thread and no connection is held.")
    private int conflictRetries = 5;

    @UriParam(
            label = "producer,advanced",
            defaultValue = "false",
            description =
                    "Whether messages that write into a table of the same name wait for each other, over all endpoints of the component, so that they never conflict. Waiting holds no thread.")
    private boolean serialWrites;

    @UriParam(
            label = "producer",
            description =
                    "The columns by which MERGE finds the row of the table that a row belongs to, with commas between them.")
    private String mergeKeys;

    @UriParam(
            label = "producer",
            description =
                    "The columns that MERGE changes in rows that are there already, with commas between them. Without it all but mergeKeys. Rows that are not there yet are inserted with all columns.")
    private String updateColumns;

    @UriParam(
            label = "producer",
            description =
                    "A column of the rows, and not of the table, with a Boolean that says whether MERGE deletes the row of the table. A row that deletes needs no other columns than mergeKeys.")
    private String deleteColumn;

    @UriParam(
            label = "producer",
            description =
                    "A column of the rows and of the table whose value grows with each change of a row, such as a number or a time of change. MERGE changes or deletes a row of the table only if the value of the message's row is greater, so that rows that come twice, late or in another order change nothing.")
    private String versionColumn;

    @UriParam(
            label = "producer",
            defaultValue = "FAIL",
            description =
                    "What becomes of a row of MERGE whose mergeKeys another row has: FAIL makes it a bad row, see onBadRow; with LAST_WINS the later one counts, or the younger one with versionColumn. Of rows that can be read only once, as from an iterator, those of one statement are compared.")
    private OnDuplicateKey onDuplicateKey = OnDuplicateKey.FAIL;

    /** A copy that can be changed without changing this. */
    public DatabricksIngestOptions copy() {
        try {
            return (DatabricksIngestOptions) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getTable() {
        return table;
    }

    public void setTable(String table) {
        this.table = table;
    }

    public boolean isAllowDynamicTable() {
        return allowDynamicTable;
    }

    public void setAllowDynamicTable(boolean allowDynamicTable) {
        this.allowDynamicTable = allowDynamicTable;
    }

    public String getColumns() {
        return columns;
    }

    public void setColumns(String columns) {
        this.columns = columns;
    }

    public int getBatchSize() {
        return batchSize;
    }

    public void setBatchSize(int batchSize) {
        this.batchSize = batchSize;
    }

    public OnBadRow getOnBadRow() {
        return onBadRow;
    }

    public void setOnBadRow(OnBadRow onBadRow) {
        this.onBadRow = onBadRow;
    }

    public int getMaxBadRows() {
        return maxBadRows;
    }

    public void setMaxBadRows(int maxBadRows) {
        this.maxBadRows = maxBadRows;
    }

    public int getConflictRetries() {
        return conflictRetries;
    }

    public void setConflictRetries(int conflictRetries) {
        this.conflictRetries = conflictRetries;
    }

    public boolean isSerialWrites() {
        return serialWrites;
    }

    public void setSerialWrites(boolean serialWrites) {
        this.serialWrites = serialWrites;
    }

    public String getMergeKeys() {
        return mergeKeys;
    }

    public void setMergeKeys(String mergeKeys) {
        this.mergeKeys = mergeKeys;
    }

    public String getUpdateColumns() {
        return updateColumns;
    }

    public void setUpdateColumns(String updateColumns) {
        this.updateColumns = updateColumns;
    }

    public String getDeleteColumn() {
        return deleteColumn;
    }

    public void setDeleteColumn(String deleteColumn) {
        this.deleteColumn = deleteColumn;
    }

    public String getVersionColumn() {
        return versionColumn;
    }

    public void setVersionColumn(String versionColumn) {
        this.versionColumn = versionColumn;
    }

    public OnDuplicateKey getOnDuplicateKey() {
        return onDuplicateKey;
    }

    public void setOnDuplicateKey(OnDuplicateKey onDuplicateKey) {
        this.onDuplicateKey = onDuplicateKey;
    }
}
