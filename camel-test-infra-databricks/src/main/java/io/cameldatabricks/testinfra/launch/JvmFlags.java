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
package io.cameldatabricks.testinfra.launch;

import java.util.ArrayList;
import java.util.List;

/** How the warehouse's JVM is tuned: a small memory and a quick start matter more than peak speed. */
final class JvmFlags {

    /** To reset connections as a network does, the server reaches for the sockets of the JDK's HTTP server. */
    private static final String RESETS = "--add-opens=jdk.httpserver/sun.net.httpserver=ALL-UNNAMED";

    /**
     * What Spark's own launcher opens, see {@code org.apache.spark.launcher.JavaModuleOptions}. Without java.lang.invoke a
     * statement was seen to fail with an InaccessibleObjectException.
     */
    private static final List<String> OPENED_FOR_SPARK = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "jdk.internal.ref",
            "sun.nio.ch",
            "sun.nio.cs",
            "sun.security.action",
            "sun.util.calendar");

    private JvmFlags() {}

    static List<String> spark() {
        List<String> flags = new ArrayList<>(List.of(
                "-Xmx900m",
                "-Xss2m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // Spark and Delta fill the 48 MB that one compiler gets; then code is thrown away and made again
                "-XX:ReservedCodeCacheSize=240m",
                "-XX:-UsePerfData",
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8",
                RESETS));
        OPENED_FOR_SPARK.forEach(name -> flags.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 24) {
            flags.addAll(List.of(
                    "-Dio.netty.noUnsafe=false",
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED"));
        }
        return flags;
    }

    static List<String> scripted() {
        return List.of(
                "-Xmx256m",
                "-Xms16m",
                // a small young generation and no second compiler: half the memory, the same speed under load
                "-Xmn12m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Duser.timezone=UTC",
                "-Dfile.encoding=UTF-8",
                RESETS);
    }
}
