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
package io.cameldatabricks.testinfra.driver;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.sql.CancelExecutionRequest;
import com.databricks.sdk.service.sql.Disposition;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.ExecuteStatementRequestOnWaitTimeout;
import com.databricks.sdk.service.sql.ExternalLink;
import com.databricks.sdk.service.sql.Format;
import com.databricks.sdk.service.sql.ListQueryHistoryRequest;
import com.databricks.sdk.service.sql.QueryFilter;
import com.databricks.sdk.service.sql.QueryInfo;
import com.databricks.sdk.service.sql.QueryStatus;
import com.databricks.sdk.service.sql.QueryTag;
import com.databricks.sdk.service.sql.ResultData;
import com.databricks.sdk.service.sql.StartRequest;
import com.databricks.sdk.service.sql.State;
import com.databricks.sdk.service.sql.StatementParameterListItem;
import com.databricks.sdk.service.sql.StatementResponse;
import com.databricks.sdk.service.sql.StatementState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.cameldatabricks.testinfra.LocalWarehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The Statement Execution API by databricks-sdk-java, with Spark behind it. */
class SdkStatementsIT {

    private static final Duration BOUND = Duration.ofSeconds(30);

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.create();

    private WorkspaceClient client;

    @BeforeEach
    void connect() {
        client = Workspaces.of(warehouse);
    }

    @Test
    void shouldAnswerWithinTheWait() {
        StatementResponse response = execute(request("SELECT id, CAST(id AS STRING) AS s FROM range(3) ORDER BY id")
                .setWaitTimeout("30s"));
        assertThat(response.getStatus().getState()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(response.getManifest().getTotalRowCount()).isEqualTo(3);
        assertThat(cells(response.getResult()))
                .containsExactly(List.of("0", "0"), List.of("1", "1"), List.of("2", "2"));
    }

    @Test
    void shouldGoOnAfterTheWait() {
        StatementResponse response = execute(request(SlowSql.QUERY)
                .setWaitTimeout("5s")
                .setOnWaitTimeout(ExecuteStatementRequestOnWaitTimeout.CONTINUE));
        assertThat(response.getStatus().getState()).isEqualTo(StatementState.RUNNING);
        cancel(response.getStatementId());
        await().atMost(BOUND).until(() -> state(response.getStatementId()) == StatementState.CANCELED);
    }

    @Test
    void shouldCancelAfterTheWait() {
        StatementResponse response = execute(request(SlowSql.QUERY)
                .setWaitTimeout("5s")
                .setOnWaitTimeout(ExecuteStatementRequestOnWaitTimeout.CANCEL));
        assertThat(response.getStatus().getState()).isEqualTo(StatementState.CANCELED);
    }

    @Test
    void shouldSubmitAndPoll() {
        String id = execute(request("SELECT sum(id) FROM range(100000)").setWaitTimeout("0s"))
                .getStatementId();
        await().atMost(BOUND).until(() -> state(id) == StatementState.SUCCEEDED);
        assertThat(cells(client.statementExecution().getStatement(id).getResult()))
                .containsExactly(List.of("4999950000"));
    }

    @Test
    void shouldCancelWhatRuns() {
        Latencies latencies = new Latencies();
        for (int i = 0; i < 10; i++) {
            String id = execute(request(SlowSql.QUERY).setWaitTimeout("0s")).getStatementId();
            await().pollInterval(Duration.ofMillis(5)).atMost(BOUND).until(() -> state(id) == StatementState.RUNNING);
            long start = System.nanoTime();
            cancel(id);
            await().pollInterval(Duration.ofMillis(2))
                    .pollDelay(Duration.ZERO)
                    .atMost(BOUND)
                    .until(() -> state(id) == StatementState.CANCELED);
            latencies.add(System.nanoTime() - start);
        }
        Figures.print("cancelExecution of 10", latencies.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        INT           | 7                   | 7
        BIGINT        | -9                  | -9
        DECIMAL(10,2) | 1.50                | 1.50
        DOUBLE        | 2.5                 | 2.5
        BOOLEAN       | true                | true
        STRING        | it's; --            | it's; --
        DATE          | 2026-02-28          | 2026-02-28
        TIMESTAMP     | 2026-02-28 01:02:03 | 2026-02-28T01:02:03.000Z
        STRING        |                     |
        """)
    void shouldBindNamedParameters(String type, String value, String text) {
        StatementResponse response = execute(request("SELECT :p, :p IS NULL")
                .setParameters(List.of(new StatementParameterListItem()
                        .setName("p")
                        .setType(type)
                        .setValue(value))));
        List<String> row = cells(response.getResult()).get(0);
        assertThat(row.get(0)).isEqualTo(text);
        assertThat(row.get(1)).isEqualTo(String.valueOf(value == null));
    }

    @Test
    void shouldTellFailures() {
        StatementResponse failed = execute(request("SELECT * FROM main.default.nobody"));
        assertThat(failed.getStatus().getState()).isEqualTo(StatementState.FAILED);
        assertThat(failed.getStatus().getError().getErrorCode()).hasToString("BAD_REQUEST");
        assertThat(failed.getStatus().getError().getMessage()).contains("TABLE_OR_VIEW_NOT_FOUND");
        assertThatThrownBy(() -> client.statementExecution().getStatement("01f00000-0000-1000-8000-000000000000"))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void shouldFollowInlineChunks() {
        StatementResponse response =
                execute(request("SELECT id FROM range(300000) ORDER BY id").setWaitTimeout("30s"));
        assertThat(response.getManifest().getTotalChunkCount()).isGreaterThan(1);
        List<List<String>> rows = new ArrayList<>(cells(response.getResult()));
        Long next = response.getResult().getNextChunkIndex();
        while (next != null) {
            ResultData chunk = client.statementExecution().getStatementResultChunkN(response.getStatementId(), next);
            assertThat(chunk.getRowOffset()).isEqualTo(rows.size());
            rows.addAll(cells(chunk));
            next = chunk.getNextChunkIndex();
        }
        assertThat(rows).hasSize(300_000);
        assertThat(rows.get(299_999)).containsExactly("299999");
    }

    @Test
    void shouldGiveLinksThatRefuseAnAuthorization() throws Exception {
        StatementResponse response = execute(request("SELECT id FROM range(5) ORDER BY id")
                .setDisposition(Disposition.EXTERNAL_LINKS)
                .setFormat(Format.JSON_ARRAY)
                .setWaitTimeout("30s"));
        ExternalLink link = response.getResult().getExternalLinks().iterator().next();
        assertThat(link.getRowCount()).isEqualTo(5);
        assertThat(link.getExpiration()).isNotEmpty();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(link.getExternalLink()));
        HttpResponse<String> file = send(request.build());
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body()).isEqualTo("[[\"0\"],[\"1\"],[\"2\"],[\"3\"],[\"4\"]]");
        assertThat(send(request.header("Authorization", "Bearer " + warehouse.token())
                                .build())
                        .statusCode())
                .isBetween(400, 403);
    }

    @Test
    void shouldTruncateAtRowAndByteLimits() {
        StatementResponse rows = execute(request("SELECT id FROM range(100)").setRowLimit(7L));
        assertThat(rows.getManifest().getTruncated()).isTrue();
        assertThat(rows.getManifest().getTotalRowCount()).isEqualTo(7);
        StatementResponse bytes =
                execute(request("SELECT id FROM range(100000)").setByteLimit(1000L));
        assertThat(bytes.getManifest().getTruncated()).isTrue();
        assertThat(bytes.getManifest().getTotalRowCount()).isBetween(1L, 1000L);
        StatementResponse all = execute(request("SELECT id FROM range(100)").setRowLimit(100L));
        assertThat(all.getManifest().getTruncated()).isFalse();
    }

    @Test
    void shouldTakeCatalogAndSchemaWithoutASession() {
        execute(request("CREATE SCHEMA IF NOT EXISTS main.sdkstatementsit"));
        assertThat(cells(execute(request("SELECT current_catalog(), current_schema()")
                                .setCatalog("main")
                                .setSchema("sdkstatementsit"))
                        .getResult()))
                .containsExactly(List.of("main", "sdkstatementsit"));
    }

    @Test
    void shouldKeepAHistoryWithTags() {
        String id = execute(request("SELECT id FROM range(12)")
                        .setQueryTags(
                                List.of(new QueryTag().setKey("team").setValue("etl"), new QueryTag().setKey("dry"))))
                .getStatementId();
        QueryInfo info = history(id);
        assertThat(info.getQueryTags()).extracting(QueryTag::getKey).containsExactly("team", "dry");
        assertThat(info.getStatus()).isEqualTo(QueryStatus.FINISHED);
        assertThat(info.getRowsProduced()).isEqualTo(12);
        String failed = execute(request("SELECT 1 / 0")).getStatementId();
        assertThat(history(failed).getStatus()).isEqualTo(QueryStatus.FAILED);
        assertThat(history(failed).getErrorMessage()).contains("DIVIDE_BY_ZERO");
    }

    @Test
    void shouldDescribeTheWarehouseAndStartIt() {
        assertThat(client.warehouses().get(warehouse.warehouseId()).getState()).isEqualTo(State.RUNNING);
        client.warehouses().start(new StartRequest().setId(warehouse.warehouseId()));
        assertThat(client.warehouses().get(warehouse.warehouseId()).getState()).isEqualTo(State.RUNNING);
        assertThatThrownBy(() -> client.warehouses().get("nobody")).isInstanceOf(RuntimeException.class);
    }

    private ExecuteStatementRequest request(String text) {
        return new ExecuteStatementRequest()
                .setWarehouseId(warehouse.warehouseId())
                .setStatement(text);
    }

    private StatementResponse execute(ExecuteStatementRequest request) {
        return client.statementExecution().executeStatement(request);
    }

    private void cancel(String id) {
        client.statementExecution().cancelExecution(new CancelExecutionRequest().setStatementId(id));
    }

    private StatementState state(String id) {
        return client.statementExecution().getStatement(id).getStatus().getState();
    }

    private QueryInfo history(String id) {
        return client.queryHistory()
                .list(new ListQueryHistoryRequest().setFilterBy(new QueryFilter().setStatementIds(List.of(id))))
                .getRes()
                .iterator()
                .next();
    }

    private static List<List<String>> cells(ResultData data) {
        List<List<String>> rows = new ArrayList<>();
        for (Collection<String> row : data.getDataArray()) {
            rows.add(new ArrayList<>(row));
        }
        return rows;
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
