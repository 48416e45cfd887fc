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
package io.cameldatabricks.component.deliver;

/** What becomes of running statements when the consumer of their name is stopped. */
public enum OnStop {
    /** They run on. What ends meanwhile is delivered after the next start, or by another node. */
    DETACH,
    /** They are cancelled on the server, as far as this node watches them. */
    CANCEL,
    /** The stop waits for their end and delivers them, as long as Camel's shutdown time-out allows. */
    WAIT
}
