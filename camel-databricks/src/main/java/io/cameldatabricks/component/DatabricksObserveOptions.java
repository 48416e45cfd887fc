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

/** What is seen of statements from outside. */
@UriParams
public class DatabricksObserveOptions implements Cloneable {

    @UriParam(
            label = "consumer,health",
            defaultValue = "30m",
            javaType = "java.time.Duration",
            description =
                    "How long a statement that has ended may wait for its delivery before the health check of the backlog is down; 0 for no check. Rows are gone an hour after the end of their statement.")
    private long maxBacklogAge = 1_800_000;

    /** A copy that can be changed without changing this. */
    public DatabricksObserveOptions copy() {
        try {
            return (DatabricksObserveOptions) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public long getMaxBacklogAge() {
        return maxBacklogAge;
    }

    public void setMaxBacklogAge(long maxBacklogAge) {
        this.maxBacklogAge = maxBacklogAge;
    }
}
