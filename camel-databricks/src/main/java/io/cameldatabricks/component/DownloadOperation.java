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

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

import io.cameldatabricks.component.body.FileBody;
import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.execute.ResultSettings;
import io.cameldatabricks.component.volume.OpenFile;
import io.cameldatabricks.component.volume.VolumeInput;
import io.cameldatabricks.component.volume.VolumePath;
import io.cameldatabricks.component.workspace.VolumeAccess;

/**
 * DOWNLOAD: the file of a Volume as a stream, which is read from the server while the route reads it, or as a file of this
 * machine.
 */
final class DownloadOperation extends VolumeOperation {

    DownloadOperation(IngestReader reader, VolumeSettings settings, ResultSettings result, VolumeAccess volumes) {
        super(reader, settings, result, volumes);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        VolumePath file = reader.file(exchange, settings);
        CompletionStage<OpenFile> opened = volumes.client().open(file, 0, null);
        if (settings.localFolder() == null) {
            CompletableFuture<OpenFile> waiting = volumes.open().add(opened);
            opened.thenAccept(open -> {
                if (waiting.isCompletedExceptionally()) {
                    // the route was stopped meanwhile
                    close(open);
                }
            });
            return StageTask.await(
                    waiting,
                    exchange,
                    callback,
                    volumes.threads(),
                    open -> IngestWriter.writeStream(
                            exchange, result, new FileBody(volumes.client(), file, open), file));
        }
        CompletableFuture<File> written = opened.thenApplyAsync(
                        open -> write(file, open), volumes.threads().transfers())
                .toCompletableFuture();
        return await(written, exchange, callback, local -> IngestWriter.writeFile(exchange, result, local, file));
    }

    private static void close(OpenFile open) {
        try {
            open.stream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private File write(VolumePath file, OpenFile open) {
        try (VolumeInput in = new VolumeInput(volumes.client(), file, open)) {
            return settings.localFolder()
                    .write(settings.nameOf(file), in, settings.overwrite())
                    .toFile();
        } catch (IOException e) {
            if (e.getCause() instanceof DatabricksException known) {
                throw known;
            }
            if (e.getCause() instanceof IOException) {
                throw new TransientDatabricksException(e.getMessage(), ErrorDetails.none(), e);
            }
            throw new UncheckedIOException("The file could not be written: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The file cannot be put into localFolder under its name: " + e.getMessage() + ".", e);
        }
    }
}
