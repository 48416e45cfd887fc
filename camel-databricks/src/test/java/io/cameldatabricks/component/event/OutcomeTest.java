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
package io.cameldatabricks.component.event;

import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.RateLimitedException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.statement.StatementHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class OutcomeTest {

    @Test
    void shouldTellTheClassThatWasThrownEvenThroughStages() {
        TransientDatabricksException transientFailure =
                new TransientDatabricksException("later", ErrorDetails.none(), null);

        assertThat(Outcome.of(null)).isEqualTo(Outcome.SUCCEEDED);
        assertThat(Outcome.of(new CompletionException(transientFailure))).isEqualTo(Outcome.TRANSIENT);
        assertThat(Outcome.of(new IllegalArgumentException("bad input"))).isEqualTo(Outcome.OTHER);
        assertThat(Outcome.of(new RateLimitedException("slower", ErrorDetails.none(), null))
                        .tag())
                .isEqualTo("rate_limited");
    }

    @Test
    void shouldBearAListenerThatThrowsAndTellTheOthers() {
        StringBuilder told = new StringBuilder();
        StatementListener broken = new StatementListener() {
            @Override
            public void submitted(StatementHandle handle) {
                throw new IllegalStateException("broken");
            }
        };
        StatementListener good = new StatementListener() {
            @Override
            public void submitted(StatementHandle handle) {
                told.append("told");
            }
        };

        assertThatCode(() -> new StatementListeners(java.util.List.of(broken, good)).submitted(null))
                .doesNotThrowAnyException();
        assertThat(told).hasToString("told");
    }
}
