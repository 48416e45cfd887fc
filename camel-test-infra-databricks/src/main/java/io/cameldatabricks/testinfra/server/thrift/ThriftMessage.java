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

import java.util.Map;
import java.util.function.Supplier;

import com.databricks.internal.apache.thrift.TBase;
import com.databricks.internal.apache.thrift.TException;
import com.databricks.internal.apache.thrift.protocol.TBinaryProtocol;
import com.databricks.internal.apache.thrift.protocol.TMessage;
import com.databricks.internal.apache.thrift.transport.TMemoryInputTransport;
import com.databricks.jdbc.model.client.thrift.generated.TCLIService;

/**
 * A call as it came over the wire, read but not yet answered.
 *
 * @param method such as {@code ExecuteStatement}
 * @param sequence to be repeated in the answer
 * @param arguments its only argument is the request; null for a method that does not exist
 */
record ThriftMessage(String method, int sequence, TBase<?, ?> arguments) {

    private static final Map<String, Supplier<TBase<?, ?>>> ARGUMENTS = Map.ofEntries(
            Map.entry("OpenSession", TCLIService.OpenSession_args::new),
            Map.entry("CloseSession", TCLIService.CloseSession_args::new),
            Map.entry("GetInfo", TCLIService.GetInfo_args::new),
            Map.entry("ExecuteStatement", TCLIService.ExecuteStatement_args::new),
            Map.entry("GetTypeInfo", TCLIService.GetTypeInfo_args::new),
            Map.entry("GetCatalogs", TCLIService.GetCatalogs_args::new),
            Map.entry("GetSchemas", TCLIService.GetSchemas_args::new),
            Map.entry("GetTables", TCLIService.GetTables_args::new),
            Map.entry("GetTableTypes", TCLIService.GetTableTypes_args::new),
            Map.entry("GetColumns", TCLIService.GetColumns_args::new),
            Map.entry("GetFunctions", TCLIService.GetFunctions_args::new),
            Map.entry("GetPrimaryKeys", TCLIService.GetPrimaryKeys_args::new),
            Map.entry("GetCrossReference", TCLIService.GetCrossReference_args::new),
            Map.entry("GetOperationStatus", TCLIService.GetOperationStatus_args::new),
            Map.entry("CancelOperation", TCLIService.CancelOperation_args::new),
            Map.entry("CloseOperation", TCLIService.CloseOperation_args::new),
            Map.entry("GetResultSetMetadata", TCLIService.GetResultSetMetadata_args::new),
            Map.entry("FetchResults", TCLIService.FetchResults_args::new));

    /** @throws IllegalArgumentException when the bytes are not a call */
    static ThriftMessage read(byte[] bytes) {
        try {
            TBinaryProtocol protocol = new TBinaryProtocol(new TMemoryInputTransport(bytes));
            TMessage message = protocol.readMessageBegin();
            Supplier<TBase<?, ?>> arguments = ARGUMENTS.get(message.name);
            if (arguments == null) {
                return new ThriftMessage(message.name, message.seqid, null);
            }
            TBase<?, ?> read = arguments.get();
            read.read(protocol);
            return new ThriftMessage(message.name, message.seqid, read);
        } catch (TException | RuntimeException e) {
            throw new IllegalArgumentException("The body is not a Thrift call in the binary protocol.", e);
        }
    }
}
