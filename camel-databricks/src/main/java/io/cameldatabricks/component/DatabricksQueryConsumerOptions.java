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
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** How a consumer polls a query. */
@UriParams
public class DatabricksQueryConsumerOptions implements Cloneable {

    @UriParam(
            label = "consumer",
            description =
                    "The column of the query whose values only ever grow, such as a number or a time of change. Each poll asks for the rows after the last one that was processed, in the order of this column. It has to be a whole number, DECIMAL, STRING, DATE or TIMESTAMP; rows in which it is NULL never come.")
    private String incrementingColumn;

    @UriParam(
            label = "consumer",
            description =
                    "A table whose change data feed is polled in place of a query: each row is a change, with _change_type, _commit_version and _commit_timestamp. The commit version is the position. The table needs delta.enableChangeDataFeed.")
    private String changeFeed;

    @UriParam(
            label = "consumer",
            description =
                    "Where the position of incrementingColumn or changeFeed is kept: a bean of type StateRepository, such as FileStateRepository. Without it the position is kept in memory, and the consumer begins anew when the process does.")
    private StateRepository<String, String> positionRepository;

    @UriParam(
            label = "consumer",
            description =
                    "The name of the position in the positionRepository; by default the name of the endpoint with that of the column or the table. No two consumers can have the same.")
    private String positionKey;

    @UriParam(
            label = "consumer",
            description =
                    "Where to begin when there is no position yet: the rows after this value of the incrementingColumn, or the changes after this version of the changeFeed. Without it all rows come, and the changes from version 0 on.")
    private String initialPosition;

    @UriParam(
            label = "consumer",
            defaultValue = "0",
            description =
                    "How many rows a poll asks for at most; 0 for all. It becomes a LIMIT in the query. With incrementingColumn or changeFeed there can be more, since rows with the same value come together.")
    private int maxMessagesPerPoll;

    @UriParam(
            label = "consumer",
            description =
                    "A statement to run after each row that was processed, such as UPDATE t SET done = TRUE WHERE id = :id, with the row's values as parameters. With outputType=SELECT_ONE only.")
    @Metadata(supportFileReference = true)
    private String onConsume;

    @UriParam(
            label = "consumer",
            description =
                    "A statement to run after each row whose exchange failed, with the row's values as parameters. With outputType=SELECT_ONE only.")
    @Metadata(supportFileReference = true)
    private String onConsumeFailed;

    @UriParam(
            label = "consumer",
            description =
                    "A statement to run after all rows of a poll have been processed; not after a poll without rows.")
    @Metadata(supportFileReference = true)
    private String onConsumeBatchComplete;

    @UriParam(
            label = "consumer",
            defaultValue = "false",
            description =
                    "Whether a poll ends with the first exchange that fails, or whose onConsume fails, and leaves its other rows to the next poll. With incrementingColumn and changeFeed it always does, since no row may be skipped.")
    private boolean breakBatchOnConsumeFail;

    /** A copy that can be changed without changing this. */
    public DatabricksQueryConsumerOptions copy() {
        try {
            return (DatabricksQueryConsumerOptions) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getIncrementingColumn() {
        return incrementingColumn;
    }

    public void setIncrementingColumn(String incrementingColumn) {
        this.incrementingColumn = incrementingColumn;
    }

    public String getChangeFeed() {
        return changeFeed;
    }

    public void setChangeFeed(String changeFeed) {
        this.changeFeed = changeFeed;
    }

    public StateRepository<String, String> getPositionRepository() {
        return positionRepository;
    }

    public void setPositionRepository(StateRepository<String, String> positionRepository) {
        this.positionRepository = positionRepository;
    }

    public String getPositionKey() {
        return positionKey;
    }

    public void setPositionKey(String positionKey) {
        this.positionKey = positionKey;
    }

    public String getInitialPosition() {
        return initialPosition;
    }

    public void setInitialPosition(String initialPosition) {
        this.initialPosition = initialPosition;
    }

    public int getMaxMessagesPerPoll() {
        return maxMessagesPerPoll;
    }

    public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {
        this.maxMessagesPerPoll = maxMessagesPerPoll;
    }

    public String getOnConsume() {
        return onConsume;
    }

    public void setOnConsume(String onConsume) {
        this.onConsume = onConsume;
    }

    public String getOnConsumeFailed() {
        return onConsumeFailed;
    }

    public void setOnConsumeFailed(String onConsumeFailed) {
        this.onConsumeFailed = onConsumeFailed;
    }

    public String getOnConsumeBatchComplete() {
        return onConsumeBatchComplete;
    }

    public void setOnConsumeBatchComplete(String onConsumeBatchComplete) {
        this.onConsumeBatchComplete = onConsumeBatchComplete;
    }

    public boolean isBreakBatchOnConsumeFail() {
        return breakBatchOnConsumeFail;
    }

    public void setBreakBatchOnConsumeFail(boolean breakBatchOnConsumeFail) {
        this.breakBatchOnConsumeFail = breakBatchOnConsumeFail;
    }
}
