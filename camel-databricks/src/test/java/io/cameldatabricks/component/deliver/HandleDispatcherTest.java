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
package io.cameldatabricks.component.deliver;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.repository.NodeLease;
import io.cameldatabricks.component.repository.SampleHandles;
import io.cameldatabricks.component.statement.HandleState;
import io.cameldatabricks.component.statement.StatementHandle;

import static io.cameldatabricks.component.deliver.DeliveryWorld.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What becomes of one handle, and how many there are at a time. */
class HandleDispatcherTest {

    private final DeliveryWorld world = new DeliveryWorld(settings(2, 3));

    @Test
    void shouldConfirmOnlyWhenTheRouteIsDone() {
        world.ended("k1");
        world.dispatcher.start();
        world.run();

        assertThat(world.delivered).containsExactly("k1#1");
        assertThat(world.state("k1")).isEqualTo(HandleState.CLAIMED);
        assertThat(world.dispatcher.inFlight()).isEqualTo(1);

        world.end("k1");
        assertThat(world.state("k1")).isEqualTo(HandleState.DELIVERED);
        assertThat(world.events).containsExactly("confirmed k1");
        assertThat(world.dispatcher.inFlight()).isZero();
    }

    @Test
    void shouldConfirmAgainAfterAnError() {
        world.ended("k1");
        world.dispatcher.start();
        world.run();
        world.repository.error = new InternalError("for a moment");
        world.end("k1");
        world.pass(Duration.ofSeconds(2));

        assertThat(world.state("k1")).isEqualTo(HandleState.DELIVERED);
        assertThat(world.dispatcher.inFlight()).isZero();
    }

    @Test
    void shouldLeaveInTheRepositoryWhatCannotBeDeliveredNow() {
        world.ended("k1", "k2", "k3", "k4");
        world.dispatcher.start();
        world.pass(Duration.ofMinutes(1));

        assertThat(world.delivered).containsExactly("k1#1", "k2#1");
        assertThat(world.repository.counts(SampleHandles.NAME))
                .containsEntry(HandleState.COMPLETED, 2L)
                .containsEntry(HandleState.CLAIMED, 2L);
        assertThat(world.repository.claims).as("a full dispatcher does not ask").isEqualTo(1);

        world.end("k2");
        assertThat(world.delivered).containsExactly("k1#1", "k2#1", "k3#1");
    }

    @Test
    void shouldDeliverWhatEndsLaterWhenWoken() {
        world.dispatcher.start();
        world.run();
        world.ended("k1");
        world.dispatcher.wake();
        world.run();

        assertThat(world.delivered).containsExactly("k1#1");
    }

    @Test
    void shouldLookNowAndThenWithoutBeingWoken() {
        world.dispatcher.start();
        world.run();
        world.ended("k1");
        world.pass(HandleDispatcher.LOOK_EVERY.plusMillis(100));

        assertThat(world.delivered).containsExactly("k1#1");
        world.end("k1");
        int before = world.repository.claims;
        world.pass(Duration.ofMinutes(1));
        assertThat(world.repository.claims - before).isEqualTo(12);
    }

    @Test
    void shouldDeliverAgainAfterGrowingDelaysAndThenBury() {
        world.ended("k1");
        world.dispatcher.start();
        world.run();
        world.fail("k1", new IllegalStateException("row 4711 is ugly"));

        assertThat(world.state("k1")).isEqualTo(HandleState.COMPLETED);
        world.pass(Duration.ofMillis(950));
        assertThat(world.delivered).as("not before redeliveryDelay").hasSize(1);
        world.pass(Duration.ofMillis(200));
        assertThat(world.delivered).containsExactly("k1#1", "k1#2");

        world.fail("k1", new IllegalStateException("row 4711 is ugly"));
        world.pass(Duration.ofMillis(1950));
        assertThat(world.delivered).as("doubled").hasSize(2);
        world.pass(Duration.ofMillis(350));
        assertThat(world.delivered).containsExactly("k1#1", "k1#2", "k1#3");

        world.fail("k1", new IllegalStateException("row 4711 is ugly"));
        world.pass(Duration.ofMinutes(10));
        assertThat(world.delivered).hasSize(3);
        assertThat(world.events).containsExactly("failed k1", "failed k1", "buried k1");
        List<StatementHandle> dead = world.repository.list(SampleHandles.NAME, HandleState.DEAD, 10);
        assertThat(dead).hasSize(1);
        assertThat(dead.get(0).delivery().deadReason())
                .startsWith("3 deliveries failed, the last with java.lang.IllegalStateException at "
                        + HandleDispatcherTest.class.getName())
                .doesNotContain("4711");
    }

    @Test
    void shouldTellWhatTheWarehouseSaidInTheReason() {
        world.ended("k1");
        world.dispatcher.start();
        world.run();
        Throwable failure = new PermanentDatabricksException("The statement failed", ErrorDetails.none(), null);
        world.fail("k1", new FinalFailureException(failure));

        assertThat(world.stored("k1").delivery().deadReason())
                .isEqualTo("1 delivery failed, with " + PermanentDatabricksException.class.getName()
                        + ": The statement failed");
    }

    @Test
    void shouldLetOthersGoOnWhileOneWaitsForItsRedelivery() {
        world.ended("k1", "k2", "k3");
        world.dispatcher.start();
        world.run();
        world.fail("k1", new IllegalStateException());

        assertThat(world.delivered).containsExactly("k1#1", "k2#1", "k3#1");
    }

    @Test
    void shouldTreatAReceiverThatThrowsAsAFailedDelivery() {
        DeliveryWorld broken = new DeliveryWorld(settings(1, 1)) {
            @Override
            public CompletionStage<Void> deliver(StatementHandle claimed, ClaimCheck check) {
                throw new IllegalStateException();
            }
        };
        broken.ended("k1");
        broken.dispatcher.start();
        broken.run();

        assertThat(broken.state("k1")).isEqualTo(HandleState.DEAD);
        assertThat(broken.dispatcher.inFlight()).isZero();
    }

    /** Reading rows takes its time, and a node may stand still in it for longer than its lease. */
    @Test
    void shouldGiveBackWhatAnotherNodeMayHaveTakenOver() {
        world.whileReading = () -> world.holds = false;
        world.ended("k1");
        world.dispatcher.start();
        world.run();

        assertThat(world.delivered).as("no route may get it").isEmpty();
        assertThat(world.events).containsExactly("given back k1");
        assertThat(world.state("k1")).isEqualTo(HandleState.COMPLETED);

        world.whileReading = () -> {};
        world.holds = true;
        world.pass(Duration.ofSeconds(5));
        assertThat(world.delivered).as("and it counted for nothing").containsExactly("k1#1");
        world.end("k1");
        assertThat(world.state("k1")).isEqualTo(HandleState.DELIVERED);
    }

    @Test
    void shouldLeaveToItsNewOwnerWhatWasTakenOver() {
        world.ended("k1");
        world.whileReading = () -> {
            // another node has ended the epoch, and delivers
            NodeLease other = world.repository.join("other", DeliveryWorld.LEASE);
            world.repository.real.leave(world.lease);
            world.repository.real.takeOver(other, List.of(SampleHandles.NAME), 10);
            StatementHandle claimed =
                    world.repository.real.claim(other, SampleHandles.NAME, 1).get(0);
            world.repository.real.update(other, claimed.withConfirmed(world.time.instant()), claimed.version());
            world.lease = world.repository.join("node", DeliveryWorld.LEASE);
        };
        world.dispatcher.start();
        world.run();

        assertThat(world.delivered).isEmpty();
        assertThat(world.events).containsExactly("claim lost k1 before delivery");
        assertThat(world.state("k1")).isEqualTo(HandleState.DELIVERED);
    }

    @Test
    void shouldNotCountWhatNoRouteHasSeen() {
        world.ended("k1");
        world.dispatcher.start();
        for (int i = 0; i < 20; i++) {
            world.pass(Duration.ofSeconds(40));
            assertThat(world.delivered).as("try %d", i).hasSize(i + 1);
            world.fail("k1", NotDeliveredException.outOfReach("no connection", null));
        }
        world.pass(Duration.ofSeconds(40));
        world.end("k1");

        assertThat(world.delivered).hasSize(21).containsOnly("k1#1");
        assertThat(world.state("k1")).isEqualTo(HandleState.DELIVERED);
    }

    @Test
    void shouldSlowDownWhileTheWarehouseIsOutOfReach() {
        for (int i = 0; i < 100; i++) {
            world.ended("k" + i);
        }
        world.dispatcher.start();
        for (int i = 0; i < 6000; i++) {
            world.pass(Duration.ofMillis(100));
            List.copyOf(world.open.keySet())
                    .forEach(key -> world.fail(key, NotDeliveredException.outOfReach("no connection", null)));
        }
        // ten minutes of outage
        assertThat(world.repository.claims).isLessThan(40);

        world.pass(Duration.ofSeconds(35));
        world.end(world.open.keySet().iterator().next());
        assertThat(world.openNow()).as("full speed after the first success").isEqualTo(2);
    }

    @Test
    void shouldNotLetOneThatCannotBeReadDelayOthers() {
        world.ended("bad");
        world.dispatcher.start();
        world.run();
        for (int i = 0; i < 20; i++) {
            if (world.open.containsKey("bad")) {
                world.fail("bad", NotDeliveredException.outOfReach("no rows", null));
            }
            world.pass(Duration.ofSeconds(20));
            String key = "good" + i;
            world.ended(key);
            world.dispatcher.wake();
            world.pass(Duration.ofMillis(400));
            assertThat(world.open).containsKey(key);
            world.end(key);
        }
        long tries = world.delivered.stream().filter("bad#1"::equals).count();
        assertThat(tries).as("with growing waits of its own").isBetween(8L, 20L);
    }

    @Test
    void shouldOutliveAnErrorOfTheReceiver() {
        DeliveryWorld broken = new DeliveryWorld(settings(1, 1)) {
            @Override
            public CompletionStage<Void> deliver(StatementHandle claimed, ClaimCheck check) {
                throw new StackOverflowError();
            }
        };
        broken.ended("k1", "k2");
        broken.dispatcher.start();
        broken.run();

        assertThat(broken.state("k1")).isEqualTo(HandleState.DEAD);
        assertThat(broken.state("k2")).isEqualTo(HandleState.DEAD);
    }

    @Test
    void shouldGoOnAtFullSpeedWhenTheWarehouseIsWithinReachAgain() {
        world.ended("k1", "k2", "k3", "k4", "k5");
        world.dispatcher.start();
        world.run();
        world.fail("k1", NotDeliveredException.outOfReach("no connection", null));
        world.fail("k2", NotDeliveredException.outOfReach("no connection", null));
        assertThat(world.openNow()).isZero();
        world.pass(Duration.ofMillis(300));
        assertThat(world.openNow()).as("one to try").isEqualTo(1);

        world.dispatcher.reached();
        world.pass(Duration.ofSeconds(2));
        assertThat(world.openNow()).isEqualTo(2);
    }

    @Test
    void shouldBuryWhatWasBegunTooOftenAndNeverEnded() {
        world.ended("k1");
        for (int crash = 0; crash < 3; crash++) {
            world.repository.real.claim(world.lease, SampleHandles.NAME, 1);
            world.lease = world.repository.join("node", DeliveryWorld.LEASE);
            world.repository.real.takeOver(world.lease, List.of(SampleHandles.NAME), 10);
        }
        world.dispatcher.start();
        world.run();

        assertThat(world.delivered).isEmpty();
        assertThat(world.state("k1")).isEqualTo(HandleState.DEAD);
        assertThat(world.stored("k1").delivery().deadReason())
                .isEqualTo("3 deliveries were begun and never ended: the process died, or its lease ran out");
    }

    @Test
    void shouldSayThatAClaimWasLost() {
        world.ended("k1", "k2");
        world.dispatcher.start();
        world.run();
        // declared dead, and joined again
        world.lease = world.repository.join("node", DeliveryWorld.LEASE);
        world.end("k1");
        world.fail("k2", new IllegalStateException());

        assertThat(world.events).containsExactly("claim lost k1 after delivery", "claim lost k2 before delivery");
        assertThat(world.dispatcher.inFlight()).isZero();
        world.repository.real.takeOver(world.lease, List.of(SampleHandles.NAME), 10);
        world.pass(Duration.ofSeconds(6));
        assertThat(world.delivered).containsExactly("k1#1", "k2#1", "k1#2", "k2#2");
    }

    @Test
    void shouldKeepADeliveryInFlightUntilItsEndIsWritten() {
        world.ended("k1", "k2", "k3");
        world.dispatcher.start();
        world.run();
        world.repository.failWrites = true;
        world.end("k1");
        world.pass(Duration.ofMinutes(5));

        assertThat(world.dispatcher.inFlight()).isEqualTo(2);
        assertThat(world.delivered).as("no room for a third").hasSize(2);
        assertThat(world.repository.writes).as("no busy loop").isLessThan(25);

        world.repository.failWrites = false;
        world.pass(Duration.ofSeconds(40));
        assertThat(world.state("k1")).isEqualTo(HandleState.DELIVERED);
        assertThat(world.delivered).containsExactly("k1#1", "k2#1", "k3#1");
        assertThat(world.events).contains("confirmed k1");
    }

    @Test
    void shouldNotMistakeALostAnswerForALostClaim() {
        world.ended("k1", "k2");
        world.dispatcher.start();
        world.run();
        world.repository.loseAnswers = true;
        world.end("k1");
        world.fail("k2", new IllegalStateException());
        world.repository.loseAnswers = false;
        world.pass(Duration.ofMillis(400));

        assertThat(world.events)
                .containsExactlyInAnyOrder("repository failed", "repository failed", "confirmed k1", "failed k2");
    }

    @Test
    void shouldOutliveARepositoryThatCannotBeClaimedFrom() {
        world.ended("k1");
        world.repository.failClaims = true;
        world.dispatcher.start();
        world.pass(Duration.ofMinutes(10));
        assertThat(world.repository.claims).as("no busy loop").isBetween(15, 40);

        world.repository.failClaims = false;
        world.pass(Duration.ofSeconds(40));
        assertThat(world.delivered).containsExactly("k1#1");
    }

    @Test
    void shouldOutliveALeaseThatIsNotThere() {
        world.ended("k1");
        world.lease = null;
        world.dispatcher.start();
        world.pass(Duration.ofSeconds(5));
        assertThat(world.events).contains("repository failed");

        world.lease = world.writer;
        world.pass(Duration.ofSeconds(40));
        assertThat(world.delivered).containsExactly("k1#1");
    }

    @Test
    void shouldClaimNothingWhenStoppedAndEndWhenNothingIsInFlight() {
        world.ended("k1", "k2", "k3");
        world.dispatcher.start();
        world.run();
        CompletableFuture<Void> stopped = world.dispatcher.stop().toCompletableFuture();
        world.dispatcher.wake();
        world.pass(Duration.ofMinutes(1));
        world.end("k1");
        assertThat(stopped).isNotDone();
        world.end("k2");

        assertThat(stopped).isCompleted();
        assertThat(world.delivered).containsExactly("k1#1", "k2#1");
        assertThat(world.state("k3")).isEqualTo(HandleState.COMPLETED);
        assertThat(world.dispatcher.stop().toCompletableFuture()).isCompleted();

        world.dispatcher.start();
        world.run();
        assertThat(world.delivered).containsExactly("k1#1", "k2#1", "k3#1");
    }

    @Test
    void shouldGiveBackWhatWasClaimedDuringTheStop() {
        world.ended("k1");
        world.dispatcher.start();
        CompletableFuture<Void> stopped = world.dispatcher.stop().toCompletableFuture();
        assertThat(stopped).as("the claim runs").isNotDone();
        world.run();

        assertThat(stopped).isCompleted();
        assertThat(world.delivered).isEmpty();
        assertThat(world.state("k1")).isEqualTo(HandleState.COMPLETED);
        assertThat(world.stored("k1").delivery().count()).isZero();
    }

    @Test
    void shouldGiveBackAtOnceWhatTheStopKeptFromTheRoute() {
        world.ended("k1");
        world.dispatcher.start();
        world.run();
        world.dispatcher.stop();
        world.fail("k1", NotDeliveredException.stopping());

        assertThat(world.repository.real.claim(world.lease, SampleHandles.NAME, 1))
                .hasSize(1)
                .allMatch(handle -> handle.delivery().count() == 1);
    }

    @Test
    void shouldDeliverNewsOfALossAndConfirmThem() {
        StatementHandle intent = SampleHandles.intent("k1");
        world.repository.real.add(world.lease, intent);
        world.repository.real.update(world.lease, intent.withAbandoned(SampleHandles.AT), 0);
        world.dispatcher.start();
        world.run();
        world.fail("k1", new IllegalStateException());
        assertThat(world.state("k1")).isEqualTo(HandleState.LOST);
        world.pass(Duration.ofSeconds(2));
        world.end("k1");

        assertThat(world.delivered).containsExactly("k1#1", "k1#2");
        assertThat(world.state("k1")).isEqualTo(HandleState.DELIVERED);
    }

    @Test
    void shouldRefuseSettingsThatMakeNoSense() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeliverySettings("n", 0, 1, second))
                .withMessage("maxInFlight must be 1 to 1000, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeliverySettings("n", 1001, 1, second))
                .withMessage("maxInFlight must be 1 to 1000, not 1001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeliverySettings("n", 1, 0, second))
                .withMessage("maxDeliveries must be 1 or more, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeliverySettings("n", 1, 1, second.negated()))
                .withMessage("redeliveryDelay must be 0 or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeliverySettings(" ", 1, 1, second))
                .withMessage("The name is missing");
    }
}
