package io.cameldatabricks.component.watch;

import java.time.Duration;

class ManualWatchTimerTest extends WatchTimerContract {

    @Override
    WatchTimer<String> timer() {
        return new ManualWatchTimer<>();
    }

    @Override
    Duration tick() {
        return Duration.ofNanos(1);
    }
}
