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
package io.cameldatabricks.component.client.sea;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

import io.cameldatabricks.component.error.CallPhase;
import io.cameldatabricks.component.retry.Attempt;
import io.cameldatabricks.component.volume.Contents;
import io.cameldatabricks.component.volume.FileMetadata;
import io.cameldatabricks.component.volume.OpenFile;

/**
 * An answer about a file.
 *
 * @param answer without the bytes of a file
 * @param stream the bytes, or null when there are none
 */
record OpenedFile(HttpAnswer answer, HttpHeaders headers, InputStream stream) implements Attempt {

    private static final int WHOLE = 200;
    private static final int PART = 206;

    /** Whether the body of an answer is that of a file. */
    static boolean isFile(int status) {
        return status == WHOLE || status == PART;
    }

    @Override
    public int status() {
        return answer.status();
    }

    @Override
    public Optional<Duration> retryAfter() {
        return answer.retryAfter();
    }

    FileMetadata metadata() {
        return new FileMetadata(size(), headers.firstValue("Last-Modified").orElse(null));
    }

    /** Of the whole file, also when the answer is a part of it. */
    private long size() {
        if (status() == PART) {
            return headers.firstValue("Content-Range")
                    .map(range -> range.substring(range.lastIndexOf('/') + 1))
                    .map(OpenedFile::number)
                    .orElse(Contents.UNKNOWN);
        }
        return headers.firstValue("Content-Length").map(OpenedFile::number).orElse(Contents.UNKNOWN);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return Contents.UNKNOWN;
        }
    }

    /**
     * @param from the first byte that was asked for
     * @throws io.cameldatabricks.component.error.DatabricksException when it is not the file
     */
    OpenFile file(long from) {
        SeaVolumeClient.success(answer);
        if (from > 0 && status() != PART) {
            close();
            throw SeaErrors.unreadable("it begins with the first byte, not where it should", CallPhase.ASK, null);
        }
        return new OpenFile(metadata(), stream);
    }

    private void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new IllegalStateException("Closing this stream never fails", e);
        }
    }

    /** Without the bytes. */
    @Override
    public String toString() {
        return "OpenedFile[" + answer + "]";
    }
}
