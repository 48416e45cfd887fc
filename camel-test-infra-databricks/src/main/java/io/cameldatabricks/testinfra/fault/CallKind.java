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
package io.cameldatabricks.testinfra.fault;

/** What a call to the warehouse is for, whatever the protocol. */
public enum CallKind {
    /** Opens a session. */
    OPEN_SESSION,
    /** Closes a session. */
    CLOSE_SESSION,
    /** Brings a statement. */
    SUBMIT,
    /** Asks how a statement is, which in the Statement Execution API may also bring its first rows. */
    STATUS,
    /** Stops a statement. */
    CANCEL,
    /** Gives a statement and its result up. */
    CLOSE,
    /** Asks for a part of a result: a chunk, or its link. */
    RESULT,
    /** Follows a link to a part of a result. */
    DOWNLOAD,
    /** Reads the query history. */
    HISTORY,
    /** Looks at, starts or stops the SQL warehouse. */
    WAREHOUSE,
    /** Puts a file into a volume. */
    UPLOAD_FILE,
    /** Fetches a file, or a range of it, from a volume. */
    DOWNLOAD_FILE,
    /** Asks after, lists or deletes files and directories of a volume, or makes a directory. */
    MANAGE_FILES,
    /** Fetches an OAuth token. */
    LOGIN,
    /** Anything else. */
    OTHER
}
