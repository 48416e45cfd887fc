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

import io.cameldatabricks.component.execute.OutputType;

/** How a result is handed over. */
@UriParams
public class DatabricksResultOptions implements Cloneable {

    @UriParam(
            label = "common",
            defaultValue = "SELECT_LIST",
            description =
                    "How the rows are handed over: SELECT_LIST as a list of maps; SELECT_ONE as one map or null, where more than one row is an error; STREAM_LIST as an iterator of maps that reads from the server as the route goes on, and holds a connection until then; LIST as a list of objects of outputClass; CSV and JSON_LINES as a stream of text, which holds a connection in the same way.")
    private OutputType outputType = OutputType.SELECT_LIST;

    @UriParam(
            label = "common",
            description =
                    "A class to make an object of for each row: a record, or a bean with setters. A column order_id belongs to the property orderId. Goes with LIST, SELECT_LIST, SELECT_ONE and STREAM_LIST.")
    private String outputClass;

    @UriParam(
            label = "common",
            defaultValue = "0",
            description =
                    "With STREAM_LIST, how many rows to hand out at a time, as a list; 0 for single rows. Large results go through a route several times faster in groups.")
    private int rowGroupSize;

    @UriParam(
            label = "common",
            description =
                    "A header to put the rows into; the body then stays as it was. Without it they become the body.")
    private String outputHeader;

    @UriParam(
            label = "common",
            defaultValue = "false",
            description = "Whether the rows are not read at all, and the body stays as it was.")
    private boolean noop;

    @UriParam(
            label = "common",
            defaultValue = "true",
            description =
                    "Whether a result that was cut is an error, ResultTruncatedException: by the server, for it is larger than the server gives, or by byteLimit. Else the rows up to there are handed over, with the header CamelDatabricksTruncated. A result that rowLimit cut is never an error.")
    private boolean failOnTruncated = true;

    @UriParam(
            label = "common",
            defaultValue = "0",
            description =
                    "After as many bytes of values the result is cut, see failOnTruncated; 0 for no limit. What SUBMIT sends is limited by the server, which counts in its own way, what is read over JDBC by the component.")
    private long byteLimit;

    @UriParam(
            label = "producer",
            defaultValue = "10m",
            javaType = "java.time.Duration",
            description =
                    "How long RESULT and CANCEL wait for the end of a statement that still runs, without holding a thread; 0 not at all.")
    private long resultTimeout = 600_000;

    /** A copy that can be changed without changing this. */
    public DatabricksResultOptions copy() {
        try {
            return (DatabricksResultOptions) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public long getResultTimeout() {
        return resultTimeout;
    }

    public void setResultTimeout(long resultTimeout) {
        this.resultTimeout = resultTimeout;
    }

    public OutputType getOutputType() {
        return outputType;
    }

    public void setOutputType(OutputType outputType) {
        this.outputType = outputType;
    }

    public int getRowGroupSize() {
        return rowGroupSize;
    }

    public void setRowGroupSize(int rowGroupSize) {
        this.rowGroupSize = rowGroupSize;
    }

    public String getOutputHeader() {
        return outputHeader;
    }

    public void setOutputHeader(String outputHeader) {
        this.outputHeader = outputHeader;
    }

    public boolean isNoop() {
        return noop;
    }

    public void setNoop(boolean noop) {
        this.noop = noop;
    }

    public boolean isFailOnTruncated() {
        return failOnTruncated;
    }

    public void setFailOnTruncated(boolean failOnTruncated) {
        this.failOnTruncated = failOnTruncated;
    }

    public long getByteLimit() {
        return byteLimit;
    }

    public void setByteLimit(long byteLimit) {
        this.byteLimit = byteLimit;
    }

    public String getOutputClass() {
        return outputClass;
    }

    public void setOutputClass(String outputClass) {
        this.outputClass = outputClass;
    }
}
