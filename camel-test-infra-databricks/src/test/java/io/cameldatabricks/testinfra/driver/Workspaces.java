package io.cameldatabricks.testinfra.driver;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import io.cameldatabricks.testinfra.LocalWarehouse;

/** Clients of databricks-sdk-java. */
final class Workspaces {

    private Workspaces() {}

    static WorkspaceClient of(LocalWarehouse warehouse) {
        return new WorkspaceClient(new DatabricksConfig()
                .setHost(warehouse.httpUrl())
                .setToken(warehouse.token())
                .setAuthType("pat"));
    }
}
