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

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.cameldatabricks.component.auth.AccessToken;
import io.cameldatabricks.component.auth.CachingTokenSource;

/** The tokens of a login. A token that is good is given at once; to get another one takes a thread. Thread-safe. */
public final class LoginBearer implements BearerSource {

    private final CachingTokenSource source;
    private final Executor executor;

    /**
     * @param executor may be blocked as long as a call for a token takes
     */
    public LoginBearer(CachingTokenSource source, Executor executor) {
        this.source = Objects.requireNonNull(source, "source");
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    @Override
    public CompletionStage<String> bearer() {
        Optional<AccessToken> ready = source.ready();
        return ready.isPresent()
                ? CompletableFuture.completedFuture(ready.get().reveal())
                : CompletableFuture.supplyAsync(() -> source.token().reveal(), executor);
    }

    @Override
    public void refused(String bearer) {
        source.refused(AccessToken.of(bearer));
    }

    @Override
    public String toString() {
        return "LoginBearer[" + source + "]";
    }
}
