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
package io.cameldatabricks.testinfra.server.http;

import java.io.IOException;

import io.cameldatabricks.testinfra.server.volume.VolumeException;
import io.cameldatabricks.testinfra.server.volume.VolumeFiles;
import io.cameldatabricks.testinfra.server.volume.VolumePath;
import io.cameldatabricks.testinfra.server.volume.VolumeUpload;

/** Moves the contents of files between calls and volumes, piece by piece. */
final class FileTransfer {

    private final VolumeFiles files;

    FileTransfer(VolumeFiles files) {
        this.files = files;
    }

    /** Puts the body of a call into a file, unless the client goes away before its end: reading it fails then. */
    void receive(ApiCall call, VolumePath path, boolean overwrite) throws IOException, VolumeException {
        try (VolumeUpload upload = files.upload(path, overwrite)) {
            long received = upload.write(call.requestBody().stream());
            call.logBody(received + " bytes");
            upload.commit();
        }
    }

    void send(ApiCall call, VolumePath path) throws IOException, VolumeException {
        FileAnswer.contents(call, files.metadata(path).lastModified(), files.open(path));
    }
}
