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
package io.cameldatabricks.component.track;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.SampleHandles;
import io.cameldatabricks.component.repository.memory.MemoryStatementHandleRepository;
import io.cameldatabricks.component.retry.VirtualTime;
import io.cameldatabricks.component.statement.StatementHandle;

import static org.assertj.core.api.Assertions.assertThat;

class NodeMembershipTest {

    private static final Duration LEASE = Duration.ofSeconds(15);

    private final VirtualTime time = VirtualTime.begin();
    private final MemoryStatementHandleRepository repository = new MemoryStatementHandleRepository(time);
    private final NodeMembership node = new NodeMembership(repository, "a", LEASE, time, Stopwatch.of(time));

    /** Looks after everything. */
    private static class Member implements NodeMembership.Member {
        final List<String> adopted = Collections.synchronizedList(new ArrayList<>());
        Runnable onNames = () -> {};
        Consumer<StatementHandle> onAdopt = orphan -> {};
        Runnable onDisowned = () -> {};

        @Override
        public Set<String> names() {
            onNames.run();
            return Set.of(SampleHandles.NAME);
        }

        @Override
        public boolean adopt(StatementHandle orphan, Duration age) {
            onAdopt.accept(orphan);
            adopted.add(orphan.key());
            return true;
        }

        @Override
        public void disowned() {
            onDisowned.run();
        }

        @Override
        public void freed() {}
    }

    /** Else what it takes over under its new lease could be dropped together with what it held under the old one. */
    @Test
    void shouldNotJoinAgainBeforeItHasDroppedWhatItHeld() {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        Member member = new Member();
        Thread other = new Thread(() -> {
            node.lease();
            events.add("joined");
        });
        member.onDisowned = () -> {
            other.start();
            Awaitility.await().until(() -> !other.isAlive() || other.getState() == Thread.State.BLOCKED);
            events.add("dropped");
        };
        node.add(member);
        NodeLease first = node.lease();
        repository.leave(first);

        node.check(first);

        Awaitility.await().until(() -> !other.isAlive());
        assertThat(events).containsExactly("dropped", "joined");
    }

    @Test
    void shouldGoOnTakingOverAfterAnError() {
        Member member = new Member();
        int[] errors = {2};
        member.onNames = () -> {
            if (errors[0]-- > 0) {
                throw new InternalError("for a moment");
            }
        };
        node.add(member);
        time.advance(Duration.ofSeconds(5));
        NodeLease dead = repository.join("b", LEASE);
        repository.add(dead, SampleHandles.intent("k1"));
        repository.leave(dead);

        time.advance(Duration.ofSeconds(2));

        assertThat(member.adopted).containsExactly("k1");
    }

    @Test
    void shouldLookAfterAllThatItTookOverEvenIfOneGoesWrong() {
        NodeLease dead = repository.join("b", LEASE);
        repository.add(dead, SampleHandles.intent("k1"));
        repository.add(dead, SampleHandles.intent("k2"));
        repository.leave(dead);
        Member member = new Member();
        List<String> broken = new ArrayList<>();
        member.onAdopt = orphan -> {
            if (broken.isEmpty()) {
                broken.add(orphan.key());
                throw new IllegalStateException("once");
            }
        };
        node.add(member);

        time.advance(Duration.ofSeconds(3));

        assertThat(broken).hasSize(1);
        assertThat(member.adopted).containsExactlyInAnyOrder("k1", "k2");
    }
}
