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

import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.cameldatabricks.testinfra.LocalWarehouseProcess;
import io.cameldatabricks.testinfra.Script;

/**
 * One piece of business: a statement that is to run once, and whose result is to arrive. The text of the statement names
 * the job, so the journal of the warehouse tells which job ran how often.
 *
 * @param key never used twice, in no process of a run
 * @param millis how long its statement runs
 */
record Job(String key, int millis) {

    /** A statement of this length has more rows than one part of a result holds. */
    static final int MANY_ROWS_MILLIS = 41;

    /** Of the local warehouse. */
    private static final int ROWS_OF_A_PART = 100_000;

    private static final int[] DURATIONS = {0, 40, 120, 300, 700, 1500};
    private static final Pattern SQL = Pattern.compile("SELECT 'run(\\d+)' AS `(\\S+)`");

    /** @param number decides how long it takes: mostly short, unless the system property says something else */
    static Job of(String life, int number) {
        String set = System.getProperty("crash.durations", "");
        if (!set.isEmpty()) {
            String[] millis = set.split(",");
            return new Job(life + "." + number, Integer.parseInt(millis[number % millis.length]));
        }
        int hash = Math.floorMod((life + number).hashCode() * 31 + number * 7, 16);
        int index = hash < 4 ? 0 : hash < 8 ? 1 : hash < 11 ? 2 : hash < 13 ? 3 : hash < 15 ? 4 : 5;
        return new Job(life + "." + number, DURATIONS[index]);
    }

    /** In words that Spark knows too. */
    String sql() {
        return "SELECT 'run" + millis + "' AS `" + key + "`";
    }

    /** @return null for a text of something else */
    static Job ofSql(String sql) {
        Matcher matcher = SQL.matcher(sql);
        return matcher.matches() ? new Job(matcher.group(2), Integer.parseInt(matcher.group(1))) : null;
    }

    /** Whether the route is to fail when it sees the job for the first time. */
    boolean failsFirst() {
        return Math.floorMod(key.hashCode(), 23) == 7;
    }

    /** Teaches a warehouse of the scripted engine all jobs. */
    static void teach(LocalWarehouseProcess warehouse) {
        Arrays.stream(DURATIONS).forEach(millis -> teach(warehouse, millis));
        warehouse.script(script(MANY_ROWS_MILLIS).repeat(ROWS_OF_A_PART + 1));
    }

    static void teach(LocalWarehouseProcess warehouse, int millis) {
        warehouse.script(script(millis));
    }

    private static Script script(int millis) {
        return Script.matching("SELECT 'run" + millis + "' .*")
                .takes(Duration.ofMillis(millis))
                .column("a", "INT")
                .row(1);
    }
}
