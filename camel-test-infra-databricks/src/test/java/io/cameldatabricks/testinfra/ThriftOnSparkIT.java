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

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import com.databricks.internal.apache.thrift.TException;
import com.databricks.jdbc.model.client.thrift.generated.TColumn;
import com.databricks.jdbc.model.client.thrift.generated.TExecuteStatementReq;
import com.databricks.jdbc.model.client.thrift.generated.TFetchOrientation;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsReq;
import com.databricks.jdbc.model.client.thrift.generated.TFetchResultsResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetColumnsReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetCrossReferenceReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetFunctionsReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataResp;
import com.databricks.jdbc.model.client.thrift.generated.TGetTableTypesReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetTypeInfoReq;
import com.databricks.jdbc.model.client.thrift.generated.TOperationHandle;
import com.databricks.jdbc.model.client.thrift.generated.TRowSet;
import com.databricks.jdbc.model.client.thrift.generated.TSessionHandle;
import com.databricks.jdbc.model.client.thrift.generated.TSparkArrowResultLink;
import com.databricks.jdbc.model.client.thrift.generated.TSparkGetDirectResults;
import com.databricks.jdbc.model.client.thrift.generated.TSparkRowSetType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** What the JDBC driver does not ask for: results in columns, types, and every way to page. */
class ThriftOnSparkIT {

    @RegisterExtension
    static LocalWarehouse warehouse = LocalWarehouse.create();

    private Thrift thrift;
    private TSessionHandle session;

    @BeforeEach
    void open() throws TException {
        thrift = new Thrift(warehouse);
        session = thrift.open();
    }

    @Test
    void shouldAnswerInColumnsToClientsWithoutArrow() throws TException {
        String row =
                "SELECT true AS a, 1Y AS b, 2S AS c, 3 AS d, 4L AS e, 1.5F AS f, 2.5D AS g, 12.50BD AS h, 'x' AS i,"
                        + " X'0102' AS j, DATE'2026-01-02' AS k, TIMESTAMP'2026-01-02 03:04:05.678900' AS l,"
                        + " TIMESTAMP_NTZ'2026-01-02 03:04:05' AS m, array(1, NULL) AS n, NULL AS o";
        TOperationHandle operation = thrift.execute(Thrift.sync(session, row));
        assertThat(metadata(operation).getResultFormat()).isEqualTo(TSparkRowSetType.COLUMN_BASED_SET);
        assertThat(rows(thrift.fetch(operation, 10)))
                .containsExactly(List.of(
                        true,
                        (byte) 1,
                        (short) 2,
                        3,
                        4L,
                        1.5,
                        2.5,
                        "12.50",
                        "x",
                        ByteBuffer.wrap(new byte[] {1, 2}),
                        "2026-01-02",
                        "2026-01-02 03:04:05.6789",
                        "2026-01-02 03:04:05",
                        "[1,null]",
                        ""));
    }

    @Test
    void shouldCutColumnsToTheRow() throws TException {
        TOperationHandle operation = thrift.execute(Thrift.sync(session, "SELECT id FROM range(120000) ORDER BY id"));
        long next = 0;
        for (int size : new int[] {1, 49_999, 1, 49_999, 50_000}) {
            TFetchResultsResp page = thrift.fetch(operation, size);
            List<Long> ids = page.getResults().getColumns().get(0).getI64Val().getValues();
            assertThat(page.getResults().getStartRowOffset()).isEqualTo(next);
            assertThat(ids).hasSize((int) Math.min(size, 120_000 - next)).startsWith(next);
            next += ids.size();
            assertThat(page.isHasMoreRows()).isEqualTo(next < 120_000);
        }
    }

    @Test
    void shouldTellTheTypesOfAnEmptyArrowResult() throws TException {
        TOperationHandle operation = thrift.execute(arrow("SELECT array(id) AS a FROM range(5) WHERE id > 9"));
        TGetResultSetMetadataResp metadata = metadata(operation);
        assertThat(metadata.getResultFormat()).isEqualTo(TSparkRowSetType.ARROW_BASED_SET);
        assertThat(new String(metadata.getArrowSchema())).contains("ARRAY<BIGINT>");
        TFetchResultsResp page = thrift.fetch(operation, 10);
        assertThat(page.getResults().getArrowBatches()).isEmpty();
        assertThat(page.isHasMoreRows()).isFalse();
    }

    /** As the driver does it when a link has expired, for every link and not only for the first. */
    @Test
    void shouldMakeLinksAgain() throws TException {
        TOperationHandle operation = thrift.execute(arrow("SELECT id, uuid() AS u FROM range(400000)"));
        TFetchResultsReq fromTheStart = new TFetchResultsReq(operation, TFetchOrientation.FETCH_NEXT, 150_000);
        List<TSparkArrowResultLink> links = new ArrayList<>();
        TFetchResultsResp page;
        do {
            page = thrift.client.FetchResults(fromTheStart);
            links.addAll(page.getResults().getResultLinks());
        } while (page.isHasMoreRows());
        assertThat(links.stream().mapToLong(TSparkArrowResultLink::getRowCount).sum())
                .isEqualTo(400_000);
        Sea plain = new Sea(warehouse);
        for (TSparkArrowResultLink link : links) {
            TFetchResultsReq again = new TFetchResultsReq(operation, TFetchOrientation.FETCH_NEXT, 1)
                    .setStartRowOffset(link.getStartRowOffset());
            TSparkArrowResultLink renewed = thrift.client.FetchResults(again)
                    .getResults()
                    .getResultLinks()
                    .get(0);
            assertThat(renewed.getStartRowOffset()).isEqualTo(link.getStartRowOffset());
            assertThat(plain.download(renewed.getFileLink()).bytes()).hasSize((int) link.getBytesNum());
        }
    }

    /** A page is made of batches, and these are made so that a page is not larger than the first one. */
    @Test
    void shouldKeepArrowPagesToTheSizeOfTheFirst() throws TException {
        TExecuteStatementReq request = arrow("SELECT id FROM range(1000)")
                .setCanDownloadResult(false)
                .setRunAsync(true)
                .setGetDirectResults(new TSparkGetDirectResults(300));
        var answer = thrift.client.ExecuteStatement(request);
        assertThat(answer.getDirectResults().getResultSet().getResults().getArrowBatches())
                .extracting(batch -> batch.getRowCount())
                .containsExactly(300L);
        assertThat(thrift.fetch(answer.getOperationHandle(), 300).getResults().getStartRowOffset())
                .isEqualTo(300);
    }

    @Test
    void shouldTellKeysThatPointToATable() throws TException {
        for (String sql : List.of(
                "CREATE SCHEMA IF NOT EXISTS main.thriftonspark",
                "CREATE TABLE IF NOT EXISTS main.thriftonspark.parent (id INT NOT NULL,"
                        + " CONSTRAINT parent_pk PRIMARY KEY (id))",
                "CREATE TABLE IF NOT EXISTS main.thriftonspark.child (parent INT,"
                        + " CONSTRAINT child_fk FOREIGN KEY (parent) REFERENCES main.thriftonspark.parent (id))")) {
            thrift.execute(Thrift.sync(session, sql));
        }
        TGetCrossReferenceReq exported = new TGetCrossReferenceReq(session)
                .setParentCatalogName("main")
                .setParentSchemaName("thriftonspark")
                .setParentTableName("parent");
        TOperationHandle operation = thrift.client.GetCrossReference(exported).getOperationHandle();
        assertThat(rows(thrift.fetch(operation, 10))).singleElement().satisfies(row -> assertThat(row)
                .startsWith("main", "thriftonspark", "parent", "id", "main", "thriftonspark", "child", "parent", 1));
    }

    @Test
    void shouldCountColumnsFromZero() throws TException {
        thrift.execute(Thrift.sync(session, "CREATE SCHEMA IF NOT EXISTS main.thriftonspark"));
        thrift.execute(Thrift.sync(
                session, "CREATE TABLE IF NOT EXISTS main.thriftonspark.wide (a INT, `b_` DECIMAL(5,1), bx STRING)"));
        TGetColumnsReq request = new TGetColumnsReq(session)
                .setCatalogName("ma_n")
                .setSchemaName("thriftonspark")
                .setTableName("w%")
                .setColumnName("b\\_");
        assertThat(rows(thrift.fetch(thrift.client.GetColumns(request).getOperationHandle(), 10)))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.subList(0, 6))
                            .containsExactly("main", "thriftonspark", "wide", "b_", 3, "DECIMAL(5,1)");
                    assertThat(row.get(16)).isEqualTo(1);
                });
    }

    @Test
    void shouldTellTypesTableTypesAndFunctions() throws TException {
        assertThat(rows(thrift.fetch(
                        thrift.client.GetTypeInfo(new TGetTypeInfoReq(session)).getOperationHandle(), 100)))
                .extracting(row -> row.get(0))
                .contains("INT", "DECIMAL", "STRING", "TIMESTAMP");
        assertThat(rows(thrift.fetch(
                        thrift.client.GetTableTypes(new TGetTableTypesReq(session))
                                .getOperationHandle(),
                        100)))
                .contains(List.of("TABLE"), List.of("VIEW"));
        thrift.execute(Thrift.sync(session, "CREATE SCHEMA IF NOT EXISTS main.thriftonspark"));
        thrift.execute(Thrift.sync(
                session, "CREATE OR REPLACE FUNCTION main.thriftonspark.half(x INT) RETURNS INT RETURN x / 2"));
        TGetFunctionsReq functions = new TGetFunctionsReq(session, "ha__").setSchemaName("thriftonspark");
        assertThat(rows(thrift.fetch(thrift.client.GetFunctions(functions).getOperationHandle(), 100)))
                .extracting(row -> row.subList(0, 3))
                .containsExactly(List.of("main", "thriftonspark", "half"));
    }

    private TExecuteStatementReq arrow(String sql) {
        return Thrift.sync(session, sql)
                .setCanReadArrowResult(true)
                .setCanDownloadResult(true)
                .setCanDecompressLZ4Result(true);
    }

    private TGetResultSetMetadataResp metadata(TOperationHandle operation) throws TException {
        return thrift.client.GetResultSetMetadata(new TGetResultSetMetadataReq(operation));
    }

    private static List<List<Object>> rows(TFetchResultsResp page) {
        assertThat(page.getStatus().getErrorMessage()).isNull();
        TRowSet set = page.getResults();
        List<List<?>> columns = new ArrayList<>();
        for (TColumn column : set.getColumns()) {
            columns.add(values(column));
        }
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < columns.get(0).size(); i++) {
            List<Object> row = new ArrayList<>();
            for (List<?> column : columns) {
                row.add(column.get(i));
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<?> values(TColumn column) {
        return switch (column.getSetField()) {
            case BOOL_VAL -> column.getBoolVal().getValues();
            case BYTE_VAL -> column.getByteVal().getValues();
            case I16_VAL -> column.getI16Val().getValues();
            case I32_VAL -> column.getI32Val().getValues();
            case I64_VAL -> column.getI64Val().getValues();
            case DOUBLE_VAL -> column.getDoubleVal().getValues();
            case BINARY_VAL -> column.getBinaryVal().getValues();
            default -> column.getStringVal().getValues();
        };
    }
}
