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
package io.cameldatabricks.testinfra;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.service.iam.MeRequest;
import com.databricks.sdk.service.sql.CancelExecutionRequest;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.ListQueriesResponse;
import com.databricks.sdk.service.sql.ListQueryHistoryRequest;
import com.databricks.sdk.service.sql.ListWarehousesRequest;
import com.databricks.sdk.service.sql.QueryFilter;
import com.databricks.sdk.service.sql.QueryInfo;
import com.databricks.sdk.service.sql.QueryStatus;
import com.databricks.sdk.service.sql.QueryTag;
import com.databricks.sdk.service.sql.State;
import com.databricks.sdk.service.sql.StatementParameterListItem;
import com.databricks.sdk.service.sql.StatementResponse;
import com.databricks.sdk.service.sql.StatementState;
import com.databricks.sdk.service.sql.StopRequest;
import com.databricks.sdk.service.sql.TimeRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** databricks-sdk-java as the client. */
class HistoryAndWorkspaceTest {

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.scripted();

    private WorkspaceClient client;

    @BeforeEach
    void connect() {
        warehouse.clearScripts();
        client = new WorkspaceClient(new DatabricksConfig()
                .setHost(warehouse.httpUrl())
                .setToken(warehouse.token())
                .setAuthType("pat"));
    }

    @Test
    void shouldExecuteWithNamedParametersAndTags() {
        warehouse.script(Script.statement("SELECT :p").column("p", "STRING").row("x"));
        StatementResponse response = client.statementExecution()
                .executeStatement(request("SELECT :p")
                        .setParameters(List.of(new StatementParameterListItem()
                                .setName("p")
                                .setType("STRING")
                                .setValue("x")))
                        .setQueryTags(List.of(new QueryTag().setKey("team").setValue("etl"))));
        assertThat(response.getStatus().getState()).isEqualTo(StatementState.SUCCEEDED);
        assertThat(response.getResult().getDataArray().iterator().next()).containsExactly("x");
        QueryInfo info = history(response.getStatementId());
        assertThat(info.getQueryTags())
                .containsExactly(new QueryTag().setKey("team").setValue("etl"));
        assertThat(info.getStatus()).isEqualTo(QueryStatus.FINISHED);
        assertThat(info.getIsFinal()).isTrue();
        assertThat(info.getQueryText()).isEqualTo("SELECT :p");
        assertThat(info.getRowsProduced()).isEqualTo(1);
    }

    @Test
    void shouldSeeRunningStatementsInTheHistory() {
        warehouse.script(Script.statement("SELECT slow").takes(Duration.ofHours(1)));
        String id = client.statementExecution()
                .executeStatement(request("SELECT slow").setWaitTimeout("0s"))
                .getStatementId();
        await().until(() -> history(id).getStatus() == QueryStatus.RUNNING);
        assertThat(history(id).getIsFinal()).isFalse();
        client.statementExecution().cancelExecution(new CancelExecutionRequest().setStatementId(id));
        await().until(() -> history(id).getStatus() == QueryStatus.CANCELED);
        assertThat(client.statementExecution().getStatement(id).getStatus().getState())
                .isEqualTo(StatementState.CANCELED);
    }

    @Test
    void shouldExplainFailuresInTheHistory() {
        StatementResponse failed = client.statementExecution().executeStatement(request("SELECT nothing"));
        assertThat(failed.getStatus().getState()).isEqualTo(StatementState.FAILED);
        assertThat(history(failed.getStatementId()).getErrorMessage()).contains("UNSCRIPTED_STATEMENT");
    }

    @Test
    void shouldFilterTheHistory() {
        long before = warehouse.clock().toEpochMilli();
        String good = client.statementExecution()
                .executeStatement(request("SELECT 1"))
                .getStatementId();
        String bad = client.statementExecution()
                .executeStatement(request("SELECT ?!"))
                .getStatementId();
        TimeRange now = new TimeRange().setStartTimeMs(before).setEndTimeMs(before + 60_000);
        QueryFilter recent = new QueryFilter().setQueryStartTimeRange(now);
        assertThat(ids(recent)).containsExactly(bad, good);
        assertThat(ids(new QueryFilter().setQueryStartTimeRange(now).setStatuses(List.of(QueryStatus.FAILED))))
                .containsExactly(bad);
        assertThat(ids(new QueryFilter().setStatementIds(List.of(good, bad, "unknown"))))
                .containsExactly(bad, good);
        assertThat(ids(new QueryFilter().setWarehouseIds(List.of("other")))).isEmpty();
        assertThat(ids(new QueryFilter().setUserIds(List.of(42L)))).isEmpty();
        long user = Long.parseLong(client.currentUser().me(new MeRequest()).getId());
        assertThat(ids(new QueryFilter().setQueryStartTimeRange(now).setUserIds(List.of(user))))
                .containsExactly(bad, good);
    }

    @Test
    void shouldPageTheHistoryWithATokenOnEveryPage() {
        for (int i = 0; i < 5; i++) {
            client.statementExecution().executeStatement(request("SELECT 1"));
        }
        List<String> seen = new ArrayList<>();
        ListQueryHistoryRequest page = new ListQueryHistoryRequest().setMaxResults(2L);
        ListQueriesResponse answer = client.queryHistory().list(page);
        while (answer.getHasNextPage()) {
            assertThat(answer.getRes()).hasSize(2);
            answer.getRes().forEach(info -> seen.add(info.getQueryId()));
            answer = client.queryHistory().list(page.setPageToken(answer.getNextPageToken()));
        }
        answer.getRes().forEach(info -> seen.add(info.getQueryId()));
        assertThat(answer.getNextPageToken()).isNotEmpty();
        assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void shouldThrowNotFoundForUnknownStatements() {
        assertThatThrownBy(() -> client.statementExecution().getStatement("nobody"))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void shouldStartAndStopTheWarehouse() {
        assertThat(client.warehouses().get(warehouse.warehouseId()).getState()).isEqualTo(State.RUNNING);
        client.warehouses().stop(new StopRequest().setId(warehouse.warehouseId()));
        assertThat(client.warehouses().get(warehouse.warehouseId()).getState()).isEqualTo(State.STOPPED);
        client.statementExecution().executeStatement(request("SELECT 1"));
        assertThat(client.warehouses().get(warehouse.warehouseId()).getState()).isEqualTo(State.RUNNING);
        List<String> ids = new ArrayList<>();
        client.warehouses().list(new ListWarehousesRequest()).forEach(one -> ids.add(one.getId()));
        assertThat(ids).containsExactly(warehouse.warehouseId());
    }

    @Test
    void shouldTagStatementsWithTheTagsOfTheirSession() {
        Sea sea = new Sea(warehouse);
        String session = sea.send(
                        "POST",
                        "/api/2.0/sql/warehouses/local/sessions",
                        "{\"session_confs\":{\"query_tags\":\"team:a,dry\"}}")
                .json()
                .path("session_id")
                .asText();
        String id =
                sea.execute("SELECT 1", "\"session_id\":\"" + session + "\"").id();
        assertThat(history(id).getQueryTags())
                .containsExactly(
                        new QueryTag().setKey("team").setValue("a"),
                        new QueryTag().setKey("dry").setValue(""));
        assertThat(history(id).getSessionId()).isEqualTo(session);
    }

    @Test
    void shouldStopStatementsAtTheTimeoutOfTheirSession() {
        warehouse.script(Script.statement("SELECT slow").takes(Duration.ofHours(1)));
        Sea sea = new Sea(warehouse);
        String session = sea.send(
                        "POST",
                        "/api/2.0/sql/warehouses/local/sessions",
                        "{\"session_confs\":{\"STATEMENT_TIMEOUT\":\"30\"}}")
                .json()
                .path("session_id")
                .asText();
        String id = sea.execute("SELECT slow", "\"session_id\":\"" + session + "\"", "\"wait_timeout\":\"0s\"")
                .id();
        await().until(() -> sea.get(id).state().equals("RUNNING"));
        warehouse.advanceClock(Duration.ofSeconds(30));
        assertThat(sea.get(id).json().at("/status/sql_state").asText()).isEqualTo("57KD0");
    }

    @Test
    void shouldForgetSessionsThatNobodyUses() {
        Sea sea = new Sea(warehouse);
        warehouse.dropSessions();
        sea.send("POST", "/api/2.0/sql/warehouses/local/sessions", "{}");
        warehouse.advanceClock(Duration.ofHours(7));
        assertThat(warehouse.sessions()).isEqualTo(1);
        warehouse.advanceClock(Duration.ofHours(2));
        assertThat(warehouse.sessions()).isZero();
    }

    private ExecuteStatementRequest request(String sql) {
        return new ExecuteStatementRequest()
                .setWarehouseId(warehouse.warehouseId())
                .setStatement(sql);
    }

    private QueryInfo history(String id) {
        return list(new QueryFilter().setStatementIds(List.of(id))).get(0);
    }

    private List<String> ids(QueryFilter filter) {
        return list(filter).stream().map(QueryInfo::getQueryId).toList();
    }

    private List<QueryInfo> list(QueryFilter filter) {
        return List.copyOf(client.queryHistory()
                .list(new ListQueryHistoryRequest().setFilterBy(filter))
                .getRes());
    }
}
