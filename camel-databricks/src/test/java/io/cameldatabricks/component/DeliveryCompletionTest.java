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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryCompletionTest {

    @Test
    void shouldTellThatAnExchangeWasDroppedThatNobodyEnded() {
        CompletableFuture<Void> done = ofADroppedExchange();

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            // what polls an exchange by itself, and forgets it, tells nobody
            System.gc();
            return done.isDone();
        });

        assertThat(done)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("dropped before a route was done with it");
    }

    private static CompletableFuture<Void> ofADroppedExchange() {
        return new DeliveryCompletion(null).done().toCompletableFuture();
    }
}
