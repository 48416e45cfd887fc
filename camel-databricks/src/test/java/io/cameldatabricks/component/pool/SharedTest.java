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
