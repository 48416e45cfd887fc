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
package io.cameldatabricks.testinfra.fault;

import java.util.List;

import io.cameldatabricks.testinfra.WarehouseControl;
import io.cameldatabricks.testinfra.WarehouseRequest;

/**
 * A fault that a warehouse shows until this is closed.
 *
 * <p>Thread-safe.
 */
public final class ActiveFault implements AutoCloseable {

    private final WarehouseControl control;
    private final String id;

    /** @param id as the warehouse named the fault */
    public ActiveFault(WarehouseControl control, String id) {
        this.control = control;
        this.id = id;
    }

    /** Its class and a number, as {@link WarehouseRequest#faults()} names it. */
    public String id() {
        return id;
    }

    /** How many calls have met it; 0 also when the warehouse has forgotten it. */
    public int hits() {
        return control.faultHits(id);
    }

    /** The calls that have met it, of those that the warehouse still knows; oldest first. */
    public List<WarehouseRequest> requests() {
        return control.requests().stream()
                .filter(request -> request.faults().contains(id))
                .toList();
    }

    /** Switches it off; does nothing the second time. */
    @Override
    public void close() {
        control.switchOff(id);
    }

    @Override
    public String toString() {
        return id;
    }
}
