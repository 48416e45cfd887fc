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

import io.cameldatabricks.testinfra.server.volume.VolumeFolders;
import io.cameldatabricks.testinfra.server.volume.VolumeLinks;

/**
 * What runs the SQL behind the wire protocols. The protocol side knows statements, states, chunks and clocks; an engine
 * knows only how to run one text in one session and how to write its rows in the wire's formats.
 *
 * <p>Thread-safe: sessions are opened and used from many threads at once.
 */
public interface SqlEngine extends AutoCloseable {

    /**
     * Opens a session with temporary views, variables, current catalog and schema of its own.
     *
     * @throws EngineException when the catalog or schema does not exist or a configuration key is refused
     */
    EngineSession openSession(SessionSettings settings) throws EngineException;

    /**
     * Which format the engine writes when a client asks for one; clients follow what the answer's manifest says.
     *
     * @param wanted the format the client asks for
     */
    default ResultFormat formatFor(ResultFormat wanted) {
        return wanted;
    }

    /** Where the volumes are, for those who read and write files beside SQL. */
    VolumeFolders volumes();

    /** Who makes the links that statements about files give to their clients; told once, before the first session. */
    default void links(VolumeLinks links) {}

    /** Ends every session and frees what the engine holds. */
    @Override
    void close();
}
