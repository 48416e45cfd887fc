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

import io.cameldatabricks.component.connect.ConnectionSettings;
import io.cameldatabricks.component.execute.RunningStatements;
import io.cameldatabricks.component.ingest.LoadSettings;
import io.cameldatabricks.component.pool.ConnectionSource;
import io.cameldatabricks.component.workspace.AsyncStatements;
import io.cameldatabricks.component.workspace.OpenStages;
import io.cameldatabricks.component.workspace.RestWorkspace;
import io.cameldatabricks.component.workspace.VolumeAccess;
import io.cameldatabricks.component.workspace.WarehouseAccess;

/** The operations of an endpoint that write rows and move files, made of its options. Safe for many threads. */
final class EndpointOperations {

    private final DatabricksEndpoint endpoint;
    private final ConnectionSource source;

    /** @param endpoint its options do not change any more */
    EndpointOperations(DatabricksEndpoint endpoint, ConnectionSource source) {
        this.endpoint = endpoint;
        this.source = source;
    }

    /**
     * What a producer works with.
     *
     * @param running ends statements when the producer stops
     * @param transfers ends transfers when the producer stops
     */
    record Means(IngestReader reader, WarehouseAccess warehouse, RunningStatements running, OpenStages transfers) {}

    /**
     * Finds out whether the operation can be made; nothing is sent to the server.
     *
     * @throws IllegalArgumentException when an option is missing, malformed, or contradicts another
     */
    void check(DatabricksOperation operation) {
        if (operation.isAboutFiles()) {
            VolumeSettings.of(endpoint.getVolume(), operation);
            workspace(operation);
            return;
        }
        WriteSettings write = write(operation);
        if (loads(operation)) {
            VolumeSettings.load(endpoint.getVolume(), write, operation);
            workspace(operation);
        }
    }

    private boolean loads(DatabricksOperation operation) {
        return operation == DatabricksOperation.LOAD
                || operation == DatabricksOperation.INSERT && VolumeSettings.loadThreshold(endpoint.getVolume()) > 0;
    }

    private WriteSettings write(DatabricksOperation operation) {
        return WriteSettings.of(endpoint.getIngest(), operation == DatabricksOperation.MERGE);
    }

    /**
     * @param operation one that writes rows or is about files
     * @throws IllegalArgumentException as {@link #check}
     */
    Operation make(DatabricksOperation operation, Means means) {
        return switch (operation) {
            case LOAD -> load(write(operation), operation, means);
            case INSERT -> {
                WriteSettings write = write(operation);
                WriteOperation insert = write(write, means);
                yield loads(operation)
                        ? new InsertOperation(
                                means.reader(),
                                write,
                                VolumeSettings.loadThreshold(endpoint.getVolume()),
                                insert,
                                load(write, operation, means),
                                volumes(operation, means))
                        : insert;
            }
            case MERGE -> write(write(operation), means);
            case UPLOAD ->
                new UploadOperation(
                        means.reader(), settings(operation), endpoint.resultSettings(), volumes(operation, means));
            case DOWNLOAD ->
                new DownloadOperation(
                        means.reader(), settings(operation), endpoint.resultSettings(), volumes(operation, means));
            case DELETE ->
                new DeleteOperation(
                        means.reader(), settings(operation), endpoint.resultSettings(), volumes(operation, means));
            case LIST ->
                new ListOperation(
                        means.reader(), settings(operation), endpoint.resultSettings(), volumes(operation, means));
            case EXECUTE, SUBMIT, STATUS, RESULT, CANCEL, CLOSE ->
                throw new IllegalArgumentException(operation + " is made elsewhere");
        };
    }

    private WriteOperation write(WriteSettings write, Means means) {
        return new WriteOperation(
                means.reader(),
                write,
                endpoint.resultSettings(),
                means.warehouse(),
                means.running(),
                endpoint.getComponent().services().turns());
    }

    private LoadOperation load(WriteSettings write, DatabricksOperation operation, Means means) {
        LoadSettings load = VolumeSettings.load(endpoint.getVolume(), write, operation);
        return new LoadOperation(
                means.reader(),
                write,
                load,
                endpoint.resultSettings(),
                new LoadOperation.Means(
                        means.warehouse(),
                        means.running(),
                        volumes(operation, means),
                        endpoint.getComponent().services().turns()));
    }

    private VolumeSettings settings(DatabricksOperation operation) {
        return VolumeSettings.of(endpoint.getVolume(), operation);
    }

    private VolumeAccess volumes(DatabricksOperation operation, Means means) {
        AsyncStatements statements = endpoint.getComponent().services().statements();
        return new VolumeAccess(statements.volumes(workspace(operation)), statements.threads(), means.transfers());
    }

    /** Where the Files API is. */
    private RestWorkspace workspace(DatabricksOperation operation) {
        ConnectionSettings connection =
                source instanceof ConnectionSource.Warehouse warehouse ? warehouse.connection() : null;
        if (connection == null) {
            throw new IllegalArgumentException("operation=" + operation
                    + " needs a workspace, for the files of Volumes:" + " give host instead of dataSource.");
        }
        if (connection.login() == null) {
            throw new IllegalArgumentException(
                    "operation=" + operation + " needs to know who connects, for the files of"
                            + " Volumes: give accessToken or clientId instead of driverProperties.AuthMech.");
        }
        return RestWorkspace.of(connection);
    }
}
