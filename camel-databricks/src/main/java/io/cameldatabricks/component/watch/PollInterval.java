package io.cameldatabricks.component.watch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before a statement is looked at again. */
@FunctionalInterface
public interface PollInterval {

    /**
     * @param age since the statement was submitted, 0 or more
     * @param random spreads the checks
     */
    Duration next(Duration age, RandomGenerator random);
}
