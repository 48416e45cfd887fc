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
package io.cameldatabricks.component.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the header {@code Retry-After}: seconds, or a date in any of the three forms that HTTP allows. */
public final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,18}(\\.\\d{0,9})?");
    private static final int LONGEST = 64;
    private static final DateTimeFormatter IMF = DateTimeFormatter.RFC_1123_DATE_TIME;
    private static final DateTimeFormatter RFC_850 = new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ASCTIME = DateTimeFormatter.ofPattern(
                    "EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final List<DateTimeFormatter> DATES = List.of(IMF, RFC_850, ASCTIME);

    private RetryAfter() {}

    /**
     * @param header the value of the header, or null
     * @param now for a date
     * @return how long to wait, never negative; empty when there is no such header or it cannot be read
     */
    public static Optional<Duration> parse(String header, Instant now) {
        if (header == null || header.length() > LONGEST) {
            return Optional.empty();
        }
        String text = header.strip();
        if (SECONDS.matcher(text).matches()) {
            // a part of a second is not in the standard but is sent by some gateways; it is rounded up
            int dot = text.indexOf('.');
            long whole = Long.parseLong(dot < 0 ? text : text.substring(0, dot));
            boolean more = dot >= 0 && text.substring(dot + 1).chars().anyMatch(c -> c != '0');
            return Optional.of(Duration.ofSeconds(more ? whole + 1 : whole));
        }
        for (DateTimeFormatter format : DATES) {
            try {
                Duration wait = Duration.between(now, format.parse(text, Instant::from));
                return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
            } catch (DateTimeException | ArithmeticException e) {
                // not this form: the next one may fit
                continue;
            }
        }
        return Optional.empty();
    }
}
