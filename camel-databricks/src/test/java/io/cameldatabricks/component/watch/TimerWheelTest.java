package io.cameldatabricks.component.watch;

import java.time.Duration;

class TimerWheelTest extends WatchTimerContract {

    @Override
    WatchTimer<String> timer() {
        return new TimerWheel<>(Duration.ofMillis(10), 64);
    }

    @Override
    Duration tick() {
        return Duration.ofMillis(10);
    }
}
