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
package io.cameldatabricks.testinfra.server.thrift;

import java.time.Instant;

import io.cameldatabricks.testinfra.server.model.ServerStatement;
import io.cameldatabricks.testinfra.server.model.StatementResult;

/** Makes links to chunks of results, which clients follow without their token. */
public interface ResultLinks {

    /** A link and the time at which it ends to work. */
    record Link(String url, Instant expires) {}

    Link link(ServerStatement statement, StatementResult.Chunk chunk);
}
