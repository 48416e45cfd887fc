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
package io.cameldatabricks.testinfra.server.http;

import java.io.IOException;

import io.cameldatabricks.testinfra.server.fault.Faults;

/** How tests switch faults on and off; not part of Databricks. */
final class FaultRoutes {

    private final Faults faults;

    FaultRoutes(Faults faults) {
        this.faults = faults;
    }

    void addTo(Router router) {
        router.add("POST", "/local/faults", this::switchOn);
        router.add("GET", "/local/faults", this::counts);
        router.add("DELETE", "/local/faults", call -> {
            faults.switchAllOff();
            call.text(200, "");
        });
        router.add("DELETE", "/local/faults/{id}", call -> {
            faults.switchOff(call.pathVariable("id"));
            call.text(200, "");
        });
    }

    private void switchOn(ApiCall call) throws IOException {
        try {
            call.text(200, faults.switchOn(call.form()));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(e.getMessage());
        }
    }

    /** One line for each active fault: id and hits. */
    private void counts(ApiCall call) {
        StringBuilder lines = new StringBuilder();
        faults.counts().forEach(count -> lines.append(count.id())
                .append(' ')
                .append(count.hits())
                .append('\n'));
        call.text(200, lines.toString());
    }
}
