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
import java.util.function.Consumer;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.workspace.VolumeAccess;

/** An operation on files of a Volume: calls of the Files API, whose answer ends the exchange. */
abstract class VolumeOperation implements Operation {

    final IngestReader reader;
    final VolumeSettings settings;
    final ResultSettings result;
    final VolumeAccess volumes;

    VolumeOperation(IngestReader reader, VolumeSettings settings, ResultSettings result, VolumeAccess volumes) {
        this.reader = reader;
        this.settings = settings;
        this.result = result;
        this.volumes = volumes;
    }

    /**
     * Ends the exchange with what comes out, or when the component stops.
     *
     * @return false, as the exchange ends later
     */
    final <T> boolean await(CompletionStage<T> stage, Exchange exchange, AsyncCallback callback, Consumer<T> writer) {
        return StageTask.await(volumes.open().add(stage), exchange, callback, volumes.threads(), writer);
    }
}
