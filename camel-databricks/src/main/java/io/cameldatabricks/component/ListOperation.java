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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.volume.VolumeClient;
import io.cameldatabricks.component.volume.VolumeEntry;
import io.cameldatabricks.component.volume.VolumePath;
import io.cameldatabricks.component.workspace.VolumeAccess;

/** LIST: what a directory of a Volume holds, however many pages the server makes of it. Holds no thread. */
final class ListOperation extends VolumeOperation {

    ListOperation(IngestReader reader, VolumeSettings settings, ResultSettings result, VolumeAccess volumes) {
        super(reader, settings, result, volumes);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        VolumePath directory = reader.place(exchange, settings);
        return await(
                list(volumes.client(), directory, null, new ArrayList<>()),
                exchange,
                callback,
                entries -> IngestWriter.writeList(exchange, result, entries));
    }

    private static CompletionStage<List<VolumeEntry>> list(
            VolumeClient client, VolumePath directory, String next, List<VolumeEntry> before) {
        return client.list(directory, next).thenCompose(page -> {
            before.addAll(page.entries());
            // a page that names itself as the next one would never end
            return page.next() == null || page.next().equals(next)
                    ? CompletableFuture.completedFuture(List.copyOf(before))
                    : list(client, directory, page.next(), before);
        });
    }
}
