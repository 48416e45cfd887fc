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
            label = "producer",
            defaultValue = "SELECT_LIST",
            description =
                    "How the rows are handed over: SELECT_LIST as a list of maps; SELECT_ONE as one map or null, where more than one row is an error.")
    private OutputType outputType = OutputType.SELECT_LIST;

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
}
