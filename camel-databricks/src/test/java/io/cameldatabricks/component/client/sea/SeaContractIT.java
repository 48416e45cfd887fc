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
package io.cameldatabricks.component.client.sea;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;

import io.cameldatabricks.component.client.ContractPools;
import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.client.StatementClientContract;
import io.cameldatabricks.component.pool.HikariConnectionPool;
import io.cameldatabricks.component.retry.Backoff;
import io.cameldatabricks.component.retry.Delayer;
import io.cameldatabricks.component.retry.RateLimiter;
import io.cameldatabricks.component.retry.RateLimits;
import io.cameldatabricks.component.retry.RetryPolicy;
import io.cameldatabricks.component.statement.StatementId;

/** The contract over the Statement Execution API. */
class SeaContractIT extends StatementClientContract {

    @Override
    protected StatementClient client(String httpUrl, String token, String warehouseId) {
        Delayer delayer = Delayer.on(ForkJoinPool.commonPool());
        InstantSource clock = InstantSource.system();
        Backoff quick = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), 2, 0.5, Duration.ofSeconds(5));
        SeaSettings settings = new SeaSettings(
                URI.create(httpUrl),
                "camel-databricks/test",
                Map.of(),
                Duration.ofSeconds(30),
                RetryPolicy.forReads().withBackoff(quick),
                RetryPolicy.forSubmit().withBackoff(quick));
        return new SeaClients(ForkJoinPool.commonPool(), clock, delayer, new Random(), null)
                .create(
                        settings,
                        () -> CompletableFuture.completedFuture(token),
                        new RateLimiter(RateLimits.standard(), clock, delayer));
    }

    @Override
    protected Differences differences() {
        return new Differences(true, true, true, true, true, true, false);
    }

    @Override
    protected StatementId unknownId() {
        return StatementId.of("01f0aaaa-0000-1000-8000-000000000000");
    }

    @Override
    protected StatementId foreignId() {
        return StatementId.of("01f0aaaa-0000-1000-8000-000000000001|secret");
    }

    @Override
    protected List<String> rows(StatementId id) {
        try (HikariConnectionPool pool =
                ContractPools.open(SPARK.httpUrl(), SPARK.token(), SPARK.warehouseId(), false, null, 1)) {
            return ContractPools.rows(pool, id);
        }
    }
}
