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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.volume.Contents;
import io.cameldatabricks.component.volume.VolumePath;
import io.cameldatabricks.component.workspace.VolumeAccess;

/** UPLOAD: puts the body into a file of a Volume. It holds a thread of the component while it reads the body. */
final class UploadOperation extends VolumeOperation {

    UploadOperation(IngestReader reader, VolumeSettings settings, ResultSettings result, VolumeAccess volumes) {
        super(reader, settings, result, volumes);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        VolumePath file = reader.uploadedFile(exchange, settings);
        Contents contents = reader.contents(exchange);
        UnaryOperator<Throwable> meant = reader.meaning(exchange);
        CompletionStage<Boolean> sent = volumes.client()
                .upload(file, contents, settings.overwrite())
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(meant.apply(failure)));
        return await(sent, exchange, callback, fresh -> {
            if (!fresh) {
                throw new PermanentDatabricksException(
                        file + " is there already (overwrite=false); an earlier attempt may have put it there",
                        ErrorDetails.none(),
                        null);
            }
            IngestWriter.writeUploaded(exchange, file);
        });
    }
}
