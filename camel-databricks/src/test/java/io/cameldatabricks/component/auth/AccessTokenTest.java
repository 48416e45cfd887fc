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

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AccessTokenTest {

    @Test
    void shouldNotPrintItself() {
        AccessToken token = AccessToken.of(" dapi-canary ", Instant.EPOCH);
        assertThat(token.reveal()).isEqualTo("dapi-canary");
        assertThat(token).hasToString("xxxxxx");
        assertThat(new StaticTokenSource(token).toString()).doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\r\nX-Evil: 1", "a b", "a\u0000b", "t\u00f6ken"})
    void shouldRefuseWhatCannotBeAToken(String value) {
        assertThatThrownBy(() -> AccessToken.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("Evil")
                .startsWith("The access token");
    }

    @Test
    void shouldExpireAtItsEnd() {
        AccessToken token = AccessToken.of("a", Instant.ofEpochSecond(100));
        assertThat(token.isExpired(Instant.ofEpochMilli(99_999))).isFalse();
        assertThat(token.isExpired(Instant.ofEpochSecond(100))).isTrue();
        assertThat(AccessToken.of("a").isExpired(Instant.MAX)).isFalse();
    }

    @Test
    void shouldReadTheEndOfAJsonWebToken() {
        String claims = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        "{\"sub\":\"x\",\"exp\": 1700000000}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(JwtExpiry.of("aaa." + claims + ".bbb")).contains(Instant.ofEpochSecond(1_700_000_000));
        assertThat(JwtExpiry.of("dapi123")).isEmpty();
        assertThat(JwtExpiry.of("a.%%%.c")).isEmpty();
        assertThat(JwtExpiry.of("a.e30.c")).isEmpty();
    }

    @Test
    void shouldKnowAStaticTokenWhenThatIsAll() {
        AuthSettings pat = new AuthSettings("https://h", null, null, Map.of(AuthAttribute.TOKEN, "dapi-canary"));
        assertThat(pat.staticToken()).contains(AccessToken.of("dapi-canary"));
        assertThat(pat.toString()).contains("TOKEN").doesNotContain("canary");
        AuthSettings other = new AuthSettings(
                "https://h", null, null, Map.of(AuthAttribute.TOKEN, "t", AuthAttribute.AUTH_TYPE, "oauth-m2m"));
        assertThat(other.staticToken()).isEmpty();
    }

    @Test
    void shouldRefuseAMethodThatNobodyKnows() {
        Map<AuthAttribute, String> attributes = Map.of(AuthAttribute.AUTH_TYPE, "oauth");
        assertThatThrownBy(() -> new AuthSettings("https://h", null, null, attributes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("oauth-m2m");
    }
}
