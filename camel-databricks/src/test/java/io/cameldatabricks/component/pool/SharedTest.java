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
package io.cameldatabricks.component.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SharedTest {

    private final AtomicInteger opened = new AtomicInteger();
    private final List<String> closed = new ArrayList<>();
    private final Shared<String, Shared.Resource> shared = new Shared<>(key -> {
        opened.incrementAndGet();
        return () -> closed.add(key);
    });

    @Test
    void shouldCloseWhenTheLastUserLetsGo() {
        Shared.Resource first = shared.acquire("a");
        Shared.Resource second = shared.acquire("a");
        assertThat(first).isSameAs(second);
        assertThat(opened).hasValue(1);

        shared.release("a");
        assertThat(closed).isEmpty();
        shared.release("a");
        assertThat(closed).containsExactly("a");
        assertThat(shared.size()).isZero();
    }

    @Test
    void shouldOpenAgainForAUserThatComesLater() {
        shared.acquire("a");
        shared.release("a");
        shared.acquire("a");

        assertThat(opened).hasValue(2);
    }

    @Test
    void shouldCloseAllAtOnceAndIgnoreThoseWhoLetGoAfterwards() {
        shared.acquire("a");
        shared.acquire("b");

        shared.close();
        shared.release("a");

        assertThat(closed).containsExactlyInAnyOrder("a", "b");
    }
}
