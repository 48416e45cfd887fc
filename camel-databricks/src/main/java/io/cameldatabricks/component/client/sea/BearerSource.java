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
package io.cameldatabricks.component.client.sea;

import java.util.concurrent.CompletionStage;

/** Where the tokens of the calls come from. Thread-safe. */
public interface BearerSource {

    /**
     * Gives a token that the workspace accepts now, without blocking.
     *
     * @return the token itself; its failure is passed on without its message
     */
    CompletionStage<String> bearer();

    /** The workspace refused this token: the next call of {@link #bearer()} should give another one, if there is one. */
    default void refused(String bearer) {}
}
