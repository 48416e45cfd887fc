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

import java.time.InstantSource;
import java.util.Objects;

/** How to log in; equal ways can share connections. Prints no secret. */
public sealed interface Login {

    /**
     * Makes the source of tokens; asks nobody yet.
     *
     * @param transport how a call for a token travels
     */
    TokenSource open(TokenTransport transport, InstantSource clock);

    /** Whether the token is the same for ever. */
    default boolean isStatic() {
        return false;
    }

    /**
     * With a token that is known.
     *
     * @param token such as a personal access token
     */
    record WithToken(AccessToken token) implements Login {

        public WithToken {
            Objects.requireNonNull(token);
        }

        @Override
        public TokenSource open(TokenTransport transport, InstantSource clock) {
            return new StaticTokenSource(token);
        }

        @Override
        public boolean isStatic() {
            return true;
        }
    }

    /**
     * As databricks-sdk-java logs in.
     *
     * @param settings what it wants to know
     */
    record WithSdk(AuthSettings settings) implements Login {

        public WithSdk {
            Objects.requireNonNull(settings);
        }

        @Override
        public TokenSource open(TokenTransport transport, InstantSource clock) {
            return new SdkTokenSource(settings, transport, clock);
        }
    }

    /**
     * With tokens of a bean of the user.
     *
     * @param source the bean
     */
    record WithBean(TokenSource source) implements Login {

        public WithBean {
            Objects.requireNonNull(source);
        }

        @Override
        public TokenSource open(TokenTransport transport, InstantSource clock) {
            return source;
        }

        /** Without the bean's own words, which may hold a secret. */
        @Override
        public String toString() {
            return "WithBean[" + source.getClass().getName() + "]";
        }
    }
}
