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
package io.cameldatabricks.component.result;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of scalar types from the texts that the driver gets: those of JSON results and those of Arrow's numbers. */
final class ScalarText {

    private static final Pattern YEAR_MONTH = Pattern.compile("(-?)(\\d+)-(\\d+)");
    private static final Pattern DAY_TIME = Pattern.compile("(-?)(\\d+) (\\d+):(\\d+):(\\d+)(?:\\.(\\d{1,9}))?");

    private static final int DATE_LENGTH = "2026-01-01".length();

    private ScalarText() {}

    /** @param zone the session's, for a TIMESTAMP that is written without one */
    static Object value(DataType type, String text, ZoneId zone) {
        return switch (type.name()) {
            case "BOOLEAN" -> Boolean.valueOf(text);
            case "TINYINT", "BYTE" -> Byte.valueOf(text);
            case "SMALLINT", "SHORT" -> Short.valueOf(text);
            case "INT", "INTEGER" -> Integer.valueOf(text);
            case "BIGINT", "LONG" -> Long.valueOf(text);
            case "FLOAT", "REAL" -> Float.valueOf(text);
            case "DOUBLE" -> Double.valueOf(text);
            case "DECIMAL" -> decimal(type, text);
            case "BINARY" -> Base64.getDecoder().decode(text);
            case "DATE" -> isNumber(text) ? LocalDate.ofEpochDay(Long.parseLong(text)) : LocalDate.parse(text);
            case "TIMESTAMP", "TIMESTAMP_LTZ" -> instant(text, zone);
            case "TIMESTAMP_NTZ" -> dateTime(text);
            case "VOID", "NULL" -> null;
            default -> type.name().startsWith("INTERVAL") ? interval(text) : text;
        };
    }

    /** JSON drops the zeros at the end, so the type's scale gives them back. */
    private static BigDecimal decimal(DataType type, String text) {
        BigDecimal value = new BigDecimal(text);
        return value.scale() < type.scale() ? value.setScale(type.scale()) : value;
    }

    static Instant instant(String text, ZoneId zone) {
        if (isNumber(text)) {
            return Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MICROS);
        }
        TemporalAccessor parsed = parse(text);
        return parsed instanceof OffsetDateTime offset
                ? offset.toInstant()
                : ((LocalDateTime) parsed).atZone(zone).toInstant();
    }

    static LocalDateTime dateTime(String text) {
        if (isNumber(text)) {
            return LocalDateTime.ofInstant(instant(text, ZoneOffset.UTC), ZoneOffset.UTC);
        }
        TemporalAccessor parsed = parse(text);
        return parsed instanceof OffsetDateTime offset ? offset.toLocalDateTime() : (LocalDateTime) parsed;
    }

    /** Looks for the offset itself: the JDK's formatter would try one form by way of an exception. */
    private static TemporalAccessor parse(String text) {
        String iso = text.replace(' ', 'T');
        boolean offset = iso.endsWith("Z") || iso.indexOf('+', DATE_LENGTH) > 0 || iso.indexOf('-', DATE_LENGTH) > 0;
        return offset ? OffsetDateTime.parse(iso) : LocalDateTime.parse(iso);
    }

    /** Period of {@code 1-6}, Duration of {@code 3 04:30:20.123}; other forms stay text. */
    static Object interval(String text) {
        Matcher yearMonth = YEAR_MONTH.matcher(text);
        if (yearMonth.matches()) {
            Period period = Period.of(Integer.parseInt(yearMonth.group(2)), Integer.parseInt(yearMonth.group(3)), 0);
            return yearMonth.group(1).isEmpty() ? period : period.negated();
        }
        Matcher dayTime = DAY_TIME.matcher(text);
        if (dayTime.matches()) {
            String fraction = dayTime.group(6) == null ? "" : dayTime.group(6);
            Duration duration = Duration.ofDays(Long.parseLong(dayTime.group(2)))
                    .plusHours(Long.parseLong(dayTime.group(3)))
                    .plusMinutes(Long.parseLong(dayTime.group(4)))
                    .plusSeconds(Long.parseLong(dayTime.group(5)))
                    .plusNanos(Long.parseLong((fraction + "000000000").substring(0, 9)));
            return dayTime.group(1).isEmpty() ? duration : duration.negated();
        }
        return text;
    }

    private static boolean isNumber(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        return text.length() > start && text.chars().skip(start).allMatch(c -> c >= '0' && c <= '9');
    }
}
