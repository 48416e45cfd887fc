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
package io.cameldatabricks.component.statement;

/** How a statement was submitted, and therefore the only way in which it can be reached. */
public enum Transport {
    /** The Statement Execution API; ids are plain. */
    REST,
    /** The JDBC driver in the mode that speaks the Statement Execution API within a session. */
    JDBC_SEA,
    /** The JDBC driver over Thrift; ids have a secret. */
    JDBC_THRIFT
}
