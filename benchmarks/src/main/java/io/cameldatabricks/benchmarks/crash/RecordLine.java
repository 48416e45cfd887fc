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
package io.cameldatabricks.benchmarks.crash;

import java.util.List;

/**
 * One line of a record.
 *
 * @param nanos of {@link System#nanoTime()}, which all processes of a Linux machine share
 * @param millis of the machine's clock, whatever clock the component was given
 * @param life which process wrote it, or of which it tells
 * @param what happened
 * @param job it happened to; {@code -} for none
 * @param fields as {@link Happening} says
 */
record RecordLine(long nanos, long millis, String life, Happening what, String job, List<String> fields) {

    static final String NONE = "-";

    RecordLine {
        fields = List.copyOf(fields);
    }

    static RecordLine now(String life, Happening what, String job, Object... fields) {
        return new RecordLine(
                System.nanoTime(),
                System.currentTimeMillis(),
                life,
                what,
                job,
                java.util.Arrays.stream(fields).map(String::valueOf).toList());
    }

    /** @param text as {@link #text()} gave it */
    static RecordLine parse(String text) {
        String[] words = text.split(" ");
        return new RecordLine(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                words[2],
                Happening.valueOf(words[3]),
                words[4],
                List.of(words).subList(5, words.length));
    }

    String text() {
        return nanos + " " + millis + " " + life + " " + what + " " + job
                + (fields.isEmpty() ? "" : " " + String.join(" ", fields));
    }

    String field(int index) {
        return fields.get(index);
    }
}
