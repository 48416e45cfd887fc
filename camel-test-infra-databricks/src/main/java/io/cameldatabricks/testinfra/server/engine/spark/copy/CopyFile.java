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
package io.cameldatabricks.testinfra.server.engine.spark.copy;

/**
 * A file to load.
 *
 * @param name how it is remembered: its path under {@code /Volumes}, or its local path when it is in no volume
 * @param place its local path
 */
record CopyFile(String name, String place) {

    /** Begins the id under which Delta's log keeps that a file was loaded. */
    private static final String PREFIX = "copy-into:";

    /** The id of the transaction that says in Delta's log that the file was loaded. */
    String transactionId() {
        return PREFIX + name;
    }
}
