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
package io.cameldatabricks.docs.picture;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.cameldatabricks.component.watch.BlendPollInterval;

/**
 * Draws when a running statement is looked at, from the formula that the component uses: the time to the next look over
 * the age of the statement, both axes logarithmic.
 */
public final class PollCadencePlot {

    private static final int LEFT = 90;
    private static final int RIGHT = 840;
    private static final int TOP = 70;
    private static final int BOTTOM = 370;
    private static final double YOUNGEST = 1;
    private static final double OLDEST = 172_800;
    private static final double SHORTEST = 0.1;
    private static final double LONGEST = 1_000;
    private static final List<String> AGES = List.of("1 s", "10 s", "1 min", "10 min", "1 h", "10 h", "48 h");
    private static final List<Integer> AGE_SECONDS = List.of(1, 10, 60, 600, 3_600, 36_000, 172_800);
    private static final List<String> WAITS = List.of("0.25 s", "1 s", "10 s", "1 min", "10 min");
    private static final List<Double> WAIT_SECONDS = List.of(0.25, 1.0, 10.0, 60.0, 600.0);

    private PollCadencePlot() {}

    /** Seconds to the next look, without the spread that makes it up to a tenth shorter. */
    public static double next(double age) {
        return BlendPollInterval.standard()
                        .next(Duration.ofNanos((long) (age * 1e9)), () -> 0L)
                        .toNanos()
                / 1e9;
    }

    /** How often a statement is looked at that runs for so many seconds, the look that sees its end included. */
    public static int looks(double seconds) {
        int looks = 0;
        for (double age = 0; age < seconds; age += next(age)) {
            looks++;
        }
        return looks;
    }

    /** How late the end of a statement is seen that runs for so many seconds, in seconds, at most. */
    public static double latest(double seconds) {
        return next(seconds);
    }

    public static String svg() {
        StringBuilder svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 880 430" role="img" aria-labelledby="t d">
                <title id="t">When a running statement is looked at</title>
                <desc id="d">The next look comes after a tenth of the age, at least a quarter of a second, and at most the square root of the age.</desc>
                <style>
                  .paper { fill: #ffffff } .ink { fill: #1b2733 } .soft { fill: #5a6b7b } .grid { stroke: #d5dde5 }
                  .ours { stroke: #c2410c; fill: none; stroke-width: 3 } .oursText { fill: #c2410c }
                  .loop { stroke: #2563a8; fill: none; stroke-width: 2; stroke-dasharray: 7 5 } .loopText { fill: #2563a8 }
                  text { font: 14px system-ui, sans-serif } .title { font-weight: 600; font-size: 17px }
                  @media (prefers-color-scheme: dark) {
                    .paper { fill: #12181f } .ink { fill: #e6edf3 } .soft { fill: #9aa9b8 } .grid { stroke: #2c3844 }
                    .ours { stroke: #fb923c } .oursText { fill: #fb923c } .loop { stroke: #7ab8ff } .loopText { fill: #7ab8ff }
                  }
                </style>
                <rect class="paper" width="880" height="430" rx="10"/>
                <text class="ink title" x="90" y="36">The older a statement, the longer until the next look</text>
                """);
        for (int i = 0; i < AGES.size(); i++) {
            double x = x(AGE_SECONDS.get(i));
            svg.append(line("grid", x, TOP, x, BOTTOM)).append(text("soft", x, BOTTOM + 22, "middle", AGES.get(i)));
        }
        for (int i = 0; i < WAITS.size(); i++) {
            double y = y(WAIT_SECONDS.get(i));
            svg.append(line("grid", LEFT, y, RIGHT, y)).append(text("soft", LEFT - 10, y + 5, "end", WAITS.get(i)));
        }
        StringBuilder path = new StringBuilder();
        for (int i = 0; i <= 120; i++) {
            double age = YOUNGEST * Math.pow(OLDEST / YOUNGEST, i / 120.0);
            path.append(i == 0 ? "M" : " L").append(number(x(age))).append(' ').append(number(y(next(age))));
        }
        svg.append("<path class=\"ours\" d=\"").append(path).append("\"/>\n");
        svg.append(line("loop", LEFT, y(5), RIGHT, y(5)));
        svg.append(text("loopText", x(13_000), y(5) - 8, "middle", "a loop with sleep(5)"));
        svg.append(text("oursText", x(8), y(0.8) - 26, "end", "a tenth of the age"));
        svg.append(text("oursText", x(2_400), y(49) - 16, "end", "the square root of the age"));
        svg.append(text("soft", (LEFT + RIGHT) / 2.0, BOTTOM + 46, "middle", "age of the statement"));
        svg.append(text("soft", LEFT, TOP - 12, "start", "time to the next look"));
        return svg.append("</svg>\n").toString();
    }

    private static double x(double age) {
        return LEFT + (RIGHT - LEFT) * Math.log(age / YOUNGEST) / Math.log(OLDEST / YOUNGEST);
    }

    private static double y(double wait) {
        return BOTTOM - (BOTTOM - TOP) * Math.log(wait / SHORTEST) / Math.log(LONGEST / SHORTEST);
    }

    private static String line(String style, double x1, double y1, double x2, double y2) {
        return "<line class=\"" + style + "\" x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2)
                + "\" y2=\"" + number(y2) + "\"/>\n";
    }

    private static String text(String style, double x, double y, String anchor, String text) {
        return "<text class=\"" + style + "\" x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor
                + "\">" + text + "</text>\n";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
