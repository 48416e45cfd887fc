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
package io.cameldatabricks.component.volume;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What can be done with the files of Volumes. Nothing here waits with a thread, except that contents are read and rows of
 * bytes are taken by threads that may wait for them. A call that the network or the server cut short is made again where
 * that changes nothing. Stages fail with a {@link io.cameldatabricks.component.error.DatabricksException}, or with
 * {@link ContentsException}. Thread-safe.
 */
public interface VolumeClient {

    /**
     * Puts a file in place; directories above it appear with it. It is there as a whole, or not at all.
     *
     * @param overwrite whether a file that is there already is replaced
     * @return false when there is such a file already, which was left as it is; an earlier attempt of this call, whose
     *     answer was lost, may have put it there
     */
    CompletionStage<Boolean> upload(VolumePath file, Contents contents, boolean overwrite);

    /**
     * Opens a file.
     *
     * @param from the first byte that is wanted, from 0
     * @param unmodifiedSince as {@link FileMetadata#lastModified()} gave it, to fail when the file was written since; or null
     */
    CompletionStage<OpenFile> open(VolumePath file, long from, String unmodifiedSince);

    /** Looks a file up. @return empty when there is none */
    CompletionStage<Optional<FileMetadata>> metadata(VolumePath file);

    /** Deletes a file. @return false when there is none, perhaps since an earlier attempt has deleted it */
    CompletionStage<Boolean> delete(VolumePath file);

    /** Deletes a directory that is empty. @return false when there is none */
    CompletionStage<Boolean> deleteDirectory(VolumePath directory);

    /** Makes a directory and those above it, unless they are there. */
    CompletionStage<Void> createDirectory(VolumePath directory);

    /**
     * Lists a directory, without what its directories hold.
     *
     * @param next of the page before, or null for the first page
     */
    CompletionStage<VolumePage> list(VolumePath directory, String next);
}
