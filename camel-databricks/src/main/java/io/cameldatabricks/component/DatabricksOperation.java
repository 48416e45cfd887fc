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

/** What a producer does with a message. */
public enum DatabricksOperation {
    /** Runs the statement and waits for its result. */
    EXECUTE,
    /** Hands the statement to the server and goes on at once with its handle. */
    SUBMIT,
    /** Asks how the statement of a handle is doing. */
    STATUS,
    /** Waits for the end of the statement of a handle and reads its result. */
    RESULT,
    /** Cancels the statement of a handle, and says how it ended. */
    CANCEL,
    /** Releases the result of a handle on the server. */
    CLOSE,
    /** Writes the rows of the body into a table. */
    INSERT,
    /** Writes the rows of the body into a table, where rows with the same keys are changed or deleted. */
    MERGE,
    /** Uploads a file, or the rows of the body, and loads it into a table, once however often the message is sent. */
    LOAD,
    /** Puts the body into a file of a Volume. */
    UPLOAD,
    /** Reads a file of a Volume. */
    DOWNLOAD,
    /** Deletes a file of a Volume, or an empty directory. */
    DELETE,
    /** Lists a directory of a Volume. */
    LIST;

    /** Whether it runs a statement that the endpoint or the message gives. */
    boolean runsStatement() {
        return this == EXECUTE || this == SUBMIT;
    }

    /** Whether it submits a statement, or is about one that was. */
    boolean usesHandles() {
        return switch (this) {
            case SUBMIT, STATUS, RESULT, CANCEL, CLOSE -> true;
            case EXECUTE, INSERT, MERGE, LOAD, UPLOAD, DOWNLOAD, DELETE, LIST -> false;
        };
    }

    /** Whether it makes its statements of the rows of a message. */
    boolean writesRows() {
        return this == INSERT || this == MERGE || this == LOAD;
    }

    /** Whether it is about files of Volumes, and runs no statement. */
    boolean isAboutFiles() {
        return switch (this) {
            case UPLOAD, DOWNLOAD, DELETE, LIST -> true;
            case EXECUTE, SUBMIT, STATUS, RESULT, CANCEL, CLOSE, INSERT, MERGE, LOAD -> false;
        };
    }
}
