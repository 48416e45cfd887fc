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
package io.cameldatabricks.component.auth;

/**
 * Where tokens come from. A bean of this type in the registry replaces every other way to log in, so that a route can
 * use a vault or a company's own token service.
 *
 * <p>The component keeps a token until shortly before its end and asks again then, from one thread at a time.
 */
@FunctionalInterface
public interface TokenSource {

    /**
     * Gives a token that the workspace accepts now. It may block for as long as a call over the network takes.
     *
     * @return never null; with its end when that is known, else it is taken to be good for ever
     * @throws RuntimeException when there is none now; the component reports its class but not its message, which may hold
     *     a secret, and asks again later
     */
    AccessToken token();
}
