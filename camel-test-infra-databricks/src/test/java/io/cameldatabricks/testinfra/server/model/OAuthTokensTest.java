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
package io.cameldatabricks.testinfra.server.model;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OAuthTokensTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00.250Z");
    private final OAuthTokens tokens = new OAuthTokens(() -> now);

    private String issue() {
        return tokens.issue("robot", "s3cr3t", "http://localhost/oidc")
                .orElseThrow()
                .token();
    }

    @Test
    void shouldIssueTokensThatEnd() {
        tokens.allow("robot", "s3cr3t", Duration.ofSeconds(3));
        String token = issue();
        assertThat(token.split("\\.")).hasSize(3);
        now = now.plusSeconds(3);
        assertThat(tokens.isGood(token)).isTrue();
        now = Instant.parse("2026-01-01T00:00:04Z");
        assertThat(tokens.isGood(token)).isFalse();
        assertThat(tokens.isGood(issue())).isTrue();
    }

    @Test
    void shouldIssueADifferentTokenEachTime() {
        tokens.allow("robot", "s3cr3t", Duration.ofSeconds(3));
        assertThat(issue()).isNotEqualTo(issue());
    }

    @Test
    void shouldIssueNothingToAStranger() {
        assertThat(tokens.issue("robot", "s3cr3t", "i")).isEmpty();
        tokens.allow("robot", "s3cr3t", Duration.ofSeconds(3));
        assertThat(tokens.issue("robot", "wrong", "i")).isEmpty();
        assertThat(tokens.issue("other", "s3cr3t", "i")).isEmpty();
    }

    @Test
    void shouldAcceptNoTokenOfAnother() {
        OAuthTokens other = new OAuthTokens(() -> now);
        tokens.allow("robot", "s3cr3t", Duration.ofSeconds(3));
        other.allow("robot", "s3cr3t", Duration.ofSeconds(3));
        String token = issue();
        assertThat(other.isGood(token)).isFalse();
        assertThat(tokens.isGood(token.substring(0, token.length() - 2) + "xx")).isFalse();
        assertThat(tokens.isGood("dapi0123")).isFalse();
        assertThat(tokens.isGood("")).isFalse();
    }

    @Test
    void shouldRefuseALifeOfNothing() {
        assertThatThrownBy(() -> tokens.allow("robot", "s3cr3t", Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(tokens.issue("robot", "s3cr3t", "i").toString()).doesNotContain("s3cr3t");
    }
}
