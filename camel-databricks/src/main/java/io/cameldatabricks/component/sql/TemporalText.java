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
package io.cameldatabricks.component.sql;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Dates, times and intervals in the literal forms of SQL. They are sent as text so that neither the driver nor the
 * JVM's zone can shift them. SQL keeps microseconds; finer digits are cut off, toward the past.
 */
final class TemporalText {

    private static final int MAX_YEAR = 9999;

    private TemporalText() {}

    static String date(String name, LocalDate value) {
        requireYear(name, value.getYear());
        return value.toString();
    }

    static String instant(String name, Instant value) {
        // a year on either side is inside what an offset can move
        boolean near = value.isAfter(Instant.EPOCH.minus(800_000, ChronoUnit.DAYS))
                && value.isBefore(Instant.EPOCH.plus(3_000_000, ChronoUnit.DAYS));
        requireYear(name, near ? value.atOffset(ZoneOffset.UTC).getYear() : 0);
        return value.truncatedTo(ChronoUnit.MICROS).toString();
    }

    static String dateTime(String name, LocalDateTime value) {
        requireYear(name, value.getYear());
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(value.truncatedTo(ChronoUnit.MICROS));
    }

    /** Always with seconds, so that the strings sort as the times do. */
    static String time(LocalTime value) {
        return DateTimeFormatter.ISO_LOCAL_TIME.format(value);
    }

    /** Such as {@code -3 04:30:20.123456}. */
    static String dayTime(String name, Duration value) {
        long micros;
        try {
            micros = Math.addExact(Math.multiplyExact(value.getSeconds(), 1_000_000L), value.getNano() / 1_000L);
            Math.absExact(micros);
        } catch (ArithmeticException e) {
            throw new InvalidParameterException(
                    name, "The parameter '" + name + "' is longer than an INTERVAL DAY TO SECOND can be; shorten it.");
        }
        Duration length = Duration.of(Math.abs(micros), ChronoUnit.MICROS);
        return String.format(
                "%s%d %02d:%02d:%02d.%06d",
                micros < 0 ? "-" : "",
                length.toDaysPart(),
                length.toHoursPart(),
                length.toMinutesPart(),
                length.toSecondsPart(),
                length.toNanosPart() / 1_000);
    }

    /** Such as {@code -1-6}. */
    static String yearMonth(Period value) {
        long months = value.toTotalMonths();
        return (months < 0 ? "-" : "") + Math.abs(months) / 12 + "-" + Math.abs(months) % 12;
    }

    private static void requireYear(String name, int year) {
        if (year < 1 || year > MAX_YEAR) {
            throw new InvalidParameterException(
                    name,
                    "The parameter '" + name + "' is a date outside the years 1 to " + MAX_YEAR
                            + " that SQL can write; use null or a bound date instead.");
        }
    }
}
