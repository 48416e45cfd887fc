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
package io.cameldatabricks.testinfra.server.thrift;

import java.nio.ByteBuffer;
import java.util.List;

import com.databricks.jdbc.model.client.thrift.generated.TCacheLookupResult;
import com.databricks.jdbc.model.client.thrift.generated.TGetResultSetMetadataResp;
import com.databricks.jdbc.model.client.thrift.generated.TSparkRowSetType;

import io.cameldatabricks.testinfra.server.engine.ResultColumn;
import io.cameldatabricks.testinfra.server.engine.ResultFormat;
import io.cameldatabricks.testinfra.server.model.StatementResult;

/** What a result looks like, and which way its rows travel. */
final class ResultMetadata {

    /** Results up to this size come in the answer, also to clients that can follow links. */
    private static final long INLINE_LIMIT = 1L << 20;

    private ResultMetadata() {}

    static TSparkRowSetType format(Operation operation) {
        StatementResult result = operation.statement().result();
        if (result.format() != ResultFormat.ARROW_STREAM || !result.hasRows()) {
            return TSparkRowSetType.COLUMN_BASED_SET;
        }
        boolean large = result.chunks().size() > 1 || result.bytes() > INLINE_LIMIT;
        return operation.links() && large ? TSparkRowSetType.URL_BASED_SET : TSparkRowSetType.ARROW_BASED_SET;
    }

    static List<ResultColumn> columns(Operation operation) {
        return operation.shape() == null
                ? operation.statement().result().columns()
                : operation.shape().columns();
    }

    static TGetResultSetMetadataResp of(Operation operation) throws ThriftFailure {
        StatementResult result = operation.statement().result();
        TSparkRowSetType format = format(operation);
        TGetResultSetMetadataResp metadata = new TGetResultSetMetadataResp(ThriftFailure.success())
                .setSchema(ColumnTypes.schema(columns(operation)))
                .setResultFormat(format)
                .setLz4Compressed(format != TSparkRowSetType.COLUMN_BASED_SET && result.compressed())
                .setCacheLookupResult(TCacheLookupResult.CACHE_MISS)
                .setUncompressedBytes(result.bytes())
                .setCompressedBytes(result.bytes())
                .setIsStagingOperation(result.isVolumeOperation());
        if (format != TSparkRowSetType.COLUMN_BASED_SET) {
            metadata.setArrowSchema(arrowSchema(operation));
        }
        return metadata;
    }

    private static ByteBuffer arrowSchema(Operation operation) throws ThriftFailure {
        StatementResult result = operation.statement().result();
        byte[] stream = result.chunks().isEmpty()
                ? result.withoutRows()
                : result.readPlain(result.chunks().get(0));
        if (stream == null) {
            throw ThriftFailure.invalidOperation(operation.statement().id());
        }
        return ArrowStream.of(stream).schema();
    }
}
