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

import javax.sql.DataSource;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

import io.cameldatabricks.component.pool.PoolSettings;

/** The connections of an endpoint. Endpoints with equal connection and pool options share a pool. */
@UriParams
public class DatabricksPoolOptions implements Cloneable {

    @UriParam(
            label = "advanced",
            description =
                    "A data source to take connections from, used as it is; options of the workspace are then not allowed. It should know at least maxPoolSize connections. Set on the component, or being the only bean of this type in the registry, it serves the endpoints whose options say neither where to connect nor who connects.")
    private DataSource dataSource;

    @UriParam(
            label = "advanced",
            defaultValue = "10",
            description =
                    "How many connections to open at most, which is also how many statements of the endpoint run at the same time. A warehouse runs about 10 statements per cluster at the same time and queues the others.")
    private int maxPoolSize = PoolSettings.MAX_POOL_SIZE;

    @UriParam(
            label = "advanced",
            defaultValue = "0",
            description =
                    "How many connections to keep open while nothing runs. Open sessions may keep a warehouse awake.")
    private int minIdle;

    @UriParam(
            label = "advanced",
            defaultValue = "1000",
            description =
                    "How many messages may wait for a free connection. One more fails at once with TransientDatabricksException.")
    private int maxQueueSize = PoolSettings.MAX_QUEUE_SIZE;

    @UriParam(
            label = "advanced",
            defaultValue = "1m",
            javaType = "java.time.Duration",
            description =
                    "How long to wait for a connection; while the warehouse starts, the wait goes on up to startTimeout. An error that time cannot mend, such as a wrong token, is reported at once.")
    private long connectionTimeout = PoolSettings.CONNECTION_TIMEOUT.toMillis();

    @UriParam(
            label = "advanced",
            defaultValue = "2m",
            javaType = "java.time.Duration",
            description = "How long an unused connection stays open.")
    private long idleTimeout = PoolSettings.IDLE_TIMEOUT.toMillis();

    @UriParam(
            label = "advanced",
            defaultValue = "30m",
            javaType = "java.time.Duration",
            description = "How long a connection stays open at most.")
    private long maxLifetime = PoolSettings.MAX_LIFETIME.toMillis();

    /** A copy that can be changed without changing this. */
    public DatabricksPoolOptions copy() {
        try {
            return (DatabricksPoolOptions) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public DataSource getDataSource() {
        return dataSource;
    }

    public void setDataSource(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public int getMaxPoolSize() {
        return maxPoolSize;
    }

    public void setMaxPoolSize(int maxPoolSize) {
        this.maxPoolSize = maxPoolSize;
    }

    public int getMinIdle() {
        return minIdle;
    }

    public void setMinIdle(int minIdle) {
        this.minIdle = minIdle;
    }

    public int getMaxQueueSize() {
        return maxQueueSize;
    }

    public void setMaxQueueSize(int maxQueueSize) {
        this.maxQueueSize = maxQueueSize;
    }

    public long getConnectionTimeout() {
        return connectionTimeout;
    }

    public void setConnectionTimeout(long connectionTimeout) {
        this.connectionTimeout = connectionTimeout;
    }

    public long getIdleTimeout() {
        return idleTimeout;
    }

    public void setIdleTimeout(long idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    public long getMaxLifetime() {
        return maxLifetime;
    }

    public void setMaxLifetime(long maxLifetime) {
        this.maxLifetime = maxLifetime;
    }
}
