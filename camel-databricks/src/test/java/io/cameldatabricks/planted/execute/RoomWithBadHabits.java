package io.cameldatabricks.planted.execute;

import java.time.Instant;
import java.util.logging.Logger;

/** Sleeps, reads the wall clock, prints, and logs past SLF4J. */
public class RoomWithBadHabits {

    public Instant habits() throws InterruptedException {
        Thread.sleep(1);
        System.out.println("printed");
        Logger.getAnonymousLogger().info("logged");
        return System.currentTimeMillis() > 0 ? Instant.now() : null;
    }
}
