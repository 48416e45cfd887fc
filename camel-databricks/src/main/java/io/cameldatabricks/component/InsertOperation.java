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

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.ingest.LoadKey;
import io.cameldatabricks.component.ingest.LoadSource;
import io.cameldatabricks.component.ingest.OnBadRow;
import io.cameldatabricks.component.ingest.RowSource;
import io.cameldatabricks.component.workspace.VolumeAccess;

/**
 * INSERT where a Volume is at hand: many rows are loaded, few are inserted. Rows of which the server shall find the bad ones
 * are inserted in any case, since it loads a file or refuses it as a whole.
 */
final class InsertOperation implements Operation {

    private final IngestReader reader;
    private final WriteSettings settings;
    private final int threshold;
    private final WriteOperation insert;
    private final LoadOperation load;
    private final VolumeAccess volumes;

    /** @param threshold so many rows are inserted at most */
    InsertOperation(
            IngestReader reader,
            WriteSettings settings,
            int threshold,
            WriteOperation insert,
            LoadOperation load,
            VolumeAccess volumes) {
        this.reader = reader;
        this.settings = settings;
        this.threshold = threshold;
        this.insert = insert;
        this.load = load;
        this.volumes = volumes;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        WriteRequest request = reader.write(exchange, settings);
        if (settings.rows().onBadRow() != OnBadRow.FAIL) {
            return insert.process(exchange, request, false, callback);
        }
        UnaryOperator<Throwable> meant = reader.meaning(exchange);
        // rows may come from anywhere, so that looking at them may block
        CompletableFuture<RowSource.Beginning> begun = volumes.open()
                .add(CompletableFuture.supplyAsync(
                                () -> request.rows().beginning(threshold),
                                volumes.threads().transfers())
                        .exceptionallyCompose(failure -> CompletableFuture.failedStage(meant.apply(failure))));
        return StageTask.thenRead(
                begun,
                exchange,
                callback,
                volumes.threads(),
                beginning -> choose(exchange, request, beginning, callback));
    }

    private void choose(
            Exchange exchange, WriteRequest request, RowSource.Beginning beginning, AsyncCallback callback) {
        WriteRequest whole = request.withRows(beginning.rows());
        boolean named = settings.rows().columns() != null || beginning.hasNames();
        if (beginning.isAll() || !named) {
            insert.process(exchange, whole, !whole.rows().repeatable(), callback);
            return;
        }
        // two messages that are equal are two inserts, unless they say otherwise
        LoadKey key = reader.loadKey(exchange)
                .orElseGet(() -> LoadKey.ofOnce(UUID.randomUUID().toString()));
        load.process(exchange, new LoadRequest(whole, new LoadSource.Rows(beginning.rows()), key), callback);
    }
}
