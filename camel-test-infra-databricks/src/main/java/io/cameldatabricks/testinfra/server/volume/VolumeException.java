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
package io.cameldatabricks.testinfra.server.volume;

/** What stands between a caller and a file or directory of a volume. */
public final class VolumeException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Kinds of trouble, named as the details of the service's errors name them where they are known. */
    public enum Reason {
        /** The path is not one of a volume, or cannot be one. */
        FILES_API_INVALID_PATH,
        /** There is no such catalog. */
        CATALOG_DOES_NOT_EXIST,
        /** There is no such schema. */
        SCHEMA_DOES_NOT_EXIST,
        /** There is no such volume. */
        VOLUME_DOES_NOT_EXIST,
        /** There is no such file. */
        FILES_API_FILE_NOT_FOUND,
        /** There is no such directory. */
        FILES_API_DIRECTORY_IS_NOT_FOUND,
        /** The directory has contents. */
        FILES_API_DIRECTORY_IS_NOT_EMPTY,
        /** Something else is there already. */
        FILES_API_ALREADY_EXISTS,
        /** The path leads through a symbolic link, which is not a volume's to follow. */
        FILES_API_PERMISSION_DENIED
    }

    private final Reason reason;

    public VolumeException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
