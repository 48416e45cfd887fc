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

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.cameldatabricks.testinfra.LocalWarehouseException;
import io.cameldatabricks.testinfra.WarehouseOptions.Engine;

/** A warehouse on this terminal: its output is ours, and it ends with us. */
public final class ForegroundWarehouse {

    /** For those who start this program and may be killed without a chance to stop it, such as Maven. */
    private static final String STOP_WITH_PARENT = "--stop-with-parent";

    private ForegroundWarehouse() {}

    /**
     * @param arguments for the server
     * @return its exit code
     */
    public static int run(List<String> arguments) {
        int engine = arguments.indexOf("--engine");
        boolean scripted = arguments.contains("--help")
                || engine >= 0
                        && engine + 1 < arguments.size()
                        && arguments.get(engine + 1).equals("scripted");
        List<String> all = new ArrayList<>(arguments);
        if (all.remove(STOP_WITH_PARENT)) {
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
        }
        all.addAll(List.of("--stop-with", String.valueOf(ProcessHandle.current().pid())));
        try {
            Process server = ServerCommand.of(scripted ? Engine.SCRIPTED : Engine.SPARK, List.of(), all)
                    .start(ProcessBuilder.Redirect.INHERIT, ProcessBuilder.Redirect.INHERIT);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop-warehouse"));
            return server.waitFor();
        } catch (IOException e) {
            throw new LocalWarehouseException("The local warehouse could not be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalWarehouseException("Interrupted while the local warehouse ran.", e);
        }
    }

    private static void stop(Process server) {
        server.destroy();
        try {
            server.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
