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
package io.cameldatabricks.component.client.jdbc;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.cameldatabricks.component.client.ContractPools;
import io.cameldatabricks.component.client.ResultSummary;
import io.cameldatabricks.component.client.StatementClient;
import io.cameldatabricks.component.pool.HikariConnectionPool;
import io.cameldatabricks.component.retry.Urgency;
import io.cameldatabricks.component.statement.ForeignHandleException;
import io.cameldatabricks.component.statement.StatementReference;
import io.cameldatabricks.component.statement.StatementStatus;
import io.cameldatabricks.component.statement.Transport;

/** Another program, which has nothing but the text of a handle and a login: prints what it can say about the statement. */
final class PickUpProcess {

    private PickUpProcess() {}

    /** @param arguments address, workspace, transport; the token and the text of the handle come on the standard input */
    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String token = in.readLine();
        Transport transport = Transport.valueOf(arguments[2]);
        StatementReference reference;
        try {
            reference = StatementReference.parse(in.readLine()).requireReachable(arguments[1], transport);
        } catch (ForeignHandleException e) {
            System.out.println("refused: " + e.getMessage());
            return;
        }
        String warehouse = reference.target().warehouse().value();
        boolean thrift = transport == Transport.JDBC_THRIFT;
        // rows of a statement that was submitted over REST come through the driver too
        Transport mode = thrift ? Transport.JDBC_THRIFT : Transport.JDBC_SEA;
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (HikariConnectionPool pool = ContractPools.open(arguments[0], token, warehouse, thrift, null, 2);
                StatementClient client = new JdbcStatementClient(pool, mode, executor, InstantSource.system())) {
            StatementStatus status = client.status(reference.id(), Urgency.now(Instant.now()))
                    .toCompletableFuture()
                    .get()
                    .orElseThrow();
            ResultSummary summary =
                    client.result(reference.id()).toCompletableFuture().get();
            System.out.println("state: " + status.state());
            System.out.println("columns: " + summary.columns());
            System.out.println("rows: " + ContractPools.rows(pool, reference.id()));
        } finally {
            executor.shutdownNow();
        }
    }
}
