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

import io.cameldatabricks.testinfra.server.model.ResultFaults;

/**
 * Who asks, as the HTTP request tells.
 *
 * @param compute id of the SQL warehouse or cluster
 * @param client the client's name as its User-Agent has it
 * @param faults what is to go wrong with the result of a statement that the call brings
 * @param links makes links that the client can reach
 */
public record Caller(String compute, String client, ResultFaults faults, ResultLinks links) {}
