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

import java.util.function.Function;

import io.cameldatabricks.component.ingest.ColumnNames;
import io.cameldatabricks.component.ingest.IngestSettings;
import io.cameldatabricks.component.ingest.MergeRules;
import io.cameldatabricks.component.ingest.TableName;

/**
 * How an endpoint writes rows. Immutable.
 *
 * @param table where they go, or null when each message says so
 * @param dynamicTable whether a message may say so
 * @param rows how they are cut into statements
 * @param serial whether writes into one table wait for each other
 */
record WriteSettings(TableName table, boolean dynamicTable, IngestSettings rows, boolean serial) {

    /**
     * @param merge whether rows are merged, rather than inserted
     * @throws IllegalArgumentException when an option is missing, malformed, or contradicts another
     */
    static WriteSettings of(DatabricksIngestOptions options, boolean merge) {
        TableName table = parsed("table", options.getTable(), TableName::parse);
        if (table == null && !options.isAllowDynamicTable()) {
            throw new IllegalArgumentException("The option table is missing: name the table to write into, or set"
                    + " allowDynamicTable=true to take it from the header " + DatabricksConstants.TABLE + ".");
        }
        ColumnNames columns = parsed("columns", options.getColumns(), ColumnNames::parse);
        MergeRules rules = merge ? mergeRules(options) : null;
        return new WriteSettings(
                table,
                options.isAllowDynamicTable(),
                OptionText.explained(
                        "Rows cannot be written",
                        () -> new IngestSettings(
                                columns,
                                rules,
                                options.getBatchSize(),
                                options.getOnBadRow(),
                                options.getMaxBadRows(),
                                options.getConflictRetries())),
                options.isSerialWrites());
    }

    /**
     * The table of one message.
     *
     * @param header the table that the message names, or null
     * @throws IllegalArgumentException when none is named, or the message names one where it may not
     */
    TableName table(String header) {
        if (header == null) {
            if (table == null) {
                throw new IllegalArgumentException("The header " + DatabricksConstants.TABLE
                        + " is missing: set it to the table to write into, or set the option table.");
            }
            return table;
        }
        if (!dynamicTable) {
            throw new IllegalArgumentException("The header " + DatabricksConstants.TABLE
                    + " is not allowed here: remove it, or set allowDynamicTable=true.");
        }
        return OptionText.explained(
                "The header " + DatabricksConstants.TABLE + " is malformed", () -> TableName.parse(header));
    }

    private static MergeRules mergeRules(DatabricksIngestOptions options) {
        ColumnNames keys = parsed("mergeKeys", options.getMergeKeys(), ColumnNames::parse);
        if (keys == null) {
            throw new IllegalArgumentException(
                    "The option mergeKeys is missing: name the columns by which MERGE finds rows of the table.");
        }
        ColumnNames updated = parsed("updateColumns", options.getUpdateColumns(), ColumnNames::parse);
        return OptionText.explained(
                "Rows cannot be merged",
                () -> new MergeRules(
                        keys,
                        updated,
                        OptionText.blankToNull(options.getDeleteColumn()),
                        OptionText.blankToNull(options.getVersionColumn()),
                        options.getOnDuplicateKey()));
    }

    private static <T> T parsed(String option, String value, Function<String, T> parser) {
        String text = OptionText.blankToNull(value);
        return text == null
                ? null
                : OptionText.explained("The option " + option + " is malformed", () -> parser.apply(text));
    }
}
