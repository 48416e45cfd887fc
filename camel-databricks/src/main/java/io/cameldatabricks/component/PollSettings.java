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

import io.cameldatabricks.component.execute.OutputType;
import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.ingest.TableName;
import io.cameldatabricks.component.poll.PolledQuery;
import io.cameldatabricks.component.poll.Position;
import io.cameldatabricks.component.sql.ParsedScript;

/**
 * What a consumer asks at each poll, and what it does with the rows. Immutable, but for the position.
 *
 * @param query what is asked
 * @param positions how far it has been read, or null when it is asked anew each time
 * @param rowByRow whether each row is an exchange of its own
 * @param onConsume runs after a row that was processed, or null
 * @param onConsumeFailed runs after a row whose exchange failed, or null
 * @param onBatchComplete runs after all rows of a poll, or null
 * @param breakOnFailure whether a failure ends the poll
 */
record PollSettings(
        PolledQuery query,
        PositionStore positions,
        boolean rowByRow,
        ParsedScript onConsume,
        ParsedScript onConsumeFailed,
        ParsedScript onBatchComplete,
        boolean breakOnFailure) {

    /**
     * @param name of the endpoint
     * @param query the endpoint's own, or null
     * @param scripts reads the text of an option
     * @throws IllegalArgumentException when an option is malformed, or contradicts another
     */
    static PollSettings of(
            String name,
            ParsedScript query,
            DatabricksStatementOptions statement,
            DatabricksQueryConsumerOptions options,
            ResultSettings result,
            Function<String, ParsedScript> scripts) {
        String column = OptionText.blankToNull(options.getIncrementingColumn());
        String feed = OptionText.blankToNull(options.getChangeFeed());
        if (options.getMaxMessagesPerPoll() < 0) {
            throw new IllegalArgumentException("The option maxMessagesPerPoll must be 0 (all rows) or more.");
        }
        if (feed != null && (query != null || column != null)) {
            throw new IllegalArgumentException("Both changeFeed and " + (query != null ? "query" : "incrementingColumn")
                    + " are given: remove one of them.");
        }
        if (query != null && (query.statements().size() != 1 || query.positionalCount() > 0)) {
            throw new IllegalArgumentException("The option query of a consumer has to be one statement without question"
                    + " marks: use expressions such as :#${date:now} for values.");
        }
        boolean inOrder = feed != null || column != null;
        boolean rowByRow = result.outputType() == OutputType.SELECT_ONE;
        if (inOrder) {
            requireAllRows(statement, result);
        } else if (OptionText.blankToNull(options.getInitialPosition()) != null) {
            throw new IllegalArgumentException(
                    "The option initialPosition needs incrementingColumn or changeFeed: add one, or remove it.");
        }
        if (!rowByRow && (options.getOnConsume() != null || options.getOnConsumeFailed() != null)) {
            throw new IllegalArgumentException("The options onConsume and onConsumeFailed need outputType=SELECT_ONE,"
                    + " which gives each row an exchange: add it, or use onConsumeBatchComplete.");
        }
        int limit = options.getMaxMessagesPerPoll();
        PolledQuery polled = feed == null
                ? OptionText.explained(
                        "The option incrementingColumn is malformed", () -> PolledQuery.of(query.text(), column, limit))
                : PolledQuery.ofChanges(
                        OptionText.explained("The option changeFeed is malformed", () -> TableName.parse(feed)), limit);
        return new PollSettings(
                polled,
                inOrder ? positions(name, feed == null ? column : feed, options) : null,
                rowByRow,
                scripts.apply(options.getOnConsume()),
                scripts.apply(options.getOnConsumeFailed()),
                scripts.apply(options.getOnConsumeBatchComplete()),
                inOrder || options.isBreakBatchOnConsumeFail());
    }

    private static void requireAllRows(DatabricksStatementOptions statement, ResultSettings result) {
        String why = null;
        if (result.outputType().isStream()) {
            why = "outputType=" + result.outputType();
        } else if (result.noop()) {
            why = "noop=true";
        } else if (!result.failOnTruncated()) {
            why = "failOnTruncated=false";
        } else if (statement.getRowLimit() > 0) {
            why = "rowLimit";
        }
        if (why != null) {
            throw new IllegalArgumentException("The option " + why + " does not go with incrementingColumn and"
                    + " changeFeed, which have to know which rows were processed: remove it, and limit rows with"
                    + " maxMessagesPerPoll.");
        }
    }

    private static PositionStore positions(String name, String of, DatabricksQueryConsumerOptions options) {
        String key = OptionText.blankToNull(options.getPositionKey());
        String initial = OptionText.blankToNull(options.getInitialPosition());
        return new PositionStore(
                options.getPositionRepository(),
                key == null ? "databricks:" + name + ":" + of : key,
                initial == null
                        ? null
                        : OptionText.explained(
                                "The option initialPosition is malformed", () -> Position.initial(initial)));
    }
}
