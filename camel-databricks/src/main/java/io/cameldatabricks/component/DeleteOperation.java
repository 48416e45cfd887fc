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

import java.util.concurrent.CompletionStage;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.volume.VolumePath;
import io.cameldatabricks.component.workspace.VolumeAccess;

/** DELETE: removes a file of a Volume, or an empty directory. What is not there is no error. */
final class DeleteOperation extends VolumeOperation {

    DeleteOperation(IngestReader reader, VolumeSettings settings, ResultSettings result, VolumeAccess volumes) {
        super(reader, settings, result, volumes);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        VolumePath place = reader.place(exchange, settings);
        CompletionStage<Boolean> deleted = reader.meansDirectory(exchange)
                ? volumes.client().deleteDirectory(place)
                : volumes.client().delete(reader.file(exchange, settings));
        return await(deleted, exchange, callback, there -> IngestWriter.writeVolumeResult(exchange, result, there));
    }
}
