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

/**
 * One published figure.
 *
 * @param name what {@code benchmarks/run} is given
 * @param meaning what is measured, in one line
 * @param goal what it must reach, as text
 * @param source measures it; may print details on the way
 */
record Figure(String name, String meaning, String goal, Source source) {

    /** Measures a figure together with its baseline, in one run. */
    @FunctionalInterface
    interface Source {
        Measurement measure() throws Exception;
    }

    /**
     * @param value the figure
     * @param unit its unit
     * @param baseline what it is compared with, with its own value and unit
     */
    record Measurement(double value, String unit, String baseline) {}
}
