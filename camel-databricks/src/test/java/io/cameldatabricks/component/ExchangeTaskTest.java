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

import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.error.TransientDatabricksException;

import static org.assertj.core.api.Assertions.assertThat;

class ExchangeTaskTest {

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final AtomicInteger ended = new AtomicInteger();

    @Test
    void shouldEndOnceHoweverOftenItIsEnded() {
        ExchangeTask task = new ExchangeTask(exchange, sync -> ended.incrementAndGet(), () -> {});

        task.run();
        assertThat(ended).hasValue(0);
        task.goOn();
        task.abandon();

        assertThat(ended).hasValue(1);
    }

    @Test
    void shouldHandAnErrorToTheRouteToo() {
        Error error = new OutOfMemoryError("planted");
        ExchangeTask task = new ExchangeTask(exchange, sync -> ended.incrementAndGet(), () -> {
            throw error;
        });

        task.run();
        task.goOn();

        assertThat(ended).hasValue(1);
        assertThat(exchange.getException(Throwable.class)).isSameAs(error);
    }

    @Test
    void shouldFailWhatIsAbandoned() {
        new ExchangeTask(exchange, sync -> ended.incrementAndGet(), () -> {}).abandon();

        assertThat(ended).hasValue(1);
        assertThat(exchange.getException()).isInstanceOf(TransientDatabricksException.class);
    }
}
