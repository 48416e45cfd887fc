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
package io.cameldatabricks.testinfra.server.engine;

import java.util.List;

/**
 * Takes a statement's rows, chunk by chunk, from the thread that runs the statement. The engine calls {@link #begin} once,
 * before the first chunk, for every statement that has a result set, also an empty one; for DDL it calls nothing.
 */
public interface ResultSink {

    void begin(List<ResultColumn> columns) throws EngineException;

    /** Called before {@link #begin} when the one row tells the client what to do with a file of a volume. */
    default void volumeOperation() {}

    /**
     * @param payload the chunk in the statement's format, uncompressed
     * @param rows how many rows the payload holds
     * @throws EngineException when the result grows over a limit of the protocol; the engine stops the statement
     */
    void chunk(byte[] payload, long rows) throws EngineException;

    /**
     * Called instead of {@link #chunk} when there are no rows, by formats whose payload tells the columns' types.
     *
     * @param payload a chunk without rows
     */
    default void noRows(byte[] payload) {}
}
