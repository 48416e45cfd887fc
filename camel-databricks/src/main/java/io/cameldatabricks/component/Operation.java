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

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** What a producer does with a message; one file for each. Safe for many threads. */
interface Operation {

    /**
     * Reads the message on the thread that sends, never blocks that thread, and writes what came out of it.
     *
     * @return as {@link org.apache.camel.AsyncProcessor#process(Exchange, AsyncCallback)}
     * @throws Exception when the message cannot be worked on; the callback has then not been called
     */
    boolean process(Exchange exchange, AsyncCallback callback) throws Exception;
}
