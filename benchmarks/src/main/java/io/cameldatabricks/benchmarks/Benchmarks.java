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
package io.cameldatabricks.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists the project's figures and measures those that are named on the command line. */
public final class Benchmarks {

    private static final List<Figure> FIGURES = Stream.of(
                    WarehouseFigures.all(),
                    DriverFigures.all(),
                    ComponentFigures.all(),
                    TokenFigures.all(),
                    PoolFigures.all(),
                    DeliveryFigures.all(),
                    RotationFigures.all(),
                    TimeoutFigures.all(),
                    AsyncFigures.all(),
                    WatchFigures.all(),
                    DurableFigures.all(),
                    StreamFigures.all(),
                    IngestFigures.all(),
                    CrashFigures.all(),
                    BuildFigures.all())
            .flatMap(List::stream)
            .toList();

    private Benchmarks() {}

    public static void main(String[] names) throws Exception {
        if (names.length == 0 || names[0].equals("--list")) {
            FIGURES.forEach(figure ->
                    System.out.printf("%-24s %s (goal %s)%n", figure.name(), figure.meaning(), figure.goal()));
            return;
        }
        Map<String, Figure> byName = FIGURES.stream().collect(Collectors.toMap(Figure::name, Function.identity()));
        List<String> unknown =
                Arrays.stream(names).filter(name -> !byName.containsKey(name)).toList();
        if (!unknown.isEmpty()) {
            System.err.println("No such figure: " + String.join(", ", unknown) + ". benchmarks/run --list names them.");
            System.exit(2);
        }
        for (String name : names) {
            Figure figure = byName.get(name);
            Figure.Measurement measured = figure.source().measure();
            System.out.printf(
                    Locale.ROOT,
                    "%s: %s %s, goal %s, baseline %s%n",
                    name,
                    number(measured.value()),
                    measured.unit(),
                    figure.goal(),
                    measured.baseline());
        }
        // clients of the measured parts may leave threads of their own behind
        System.exit(0);
    }

    static String number(double value) {
        return value >= 100 ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
