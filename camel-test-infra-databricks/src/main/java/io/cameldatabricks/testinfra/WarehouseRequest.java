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
package io.cameldatabricks.testinfra;

import java.util.List;

/**
 * A request that the warehouse has received.
 *
 * @param number counts up from 1
 * @param method HTTP method
 * @param status HTTP status of the answer, 0 while there is none
 * @param uri path and query
 * @param body the request's body, at most 64 Ki characters of it
 * @param faults ids of the faults that it has met
 */
public record WarehouseRequest(long number, String method, int status, String uri, String body, List<String> faults) {

    public WarehouseRequest {
        faults = List.copyOf(faults);
    }

    /** Without the body, which may hold values. */
    @Override
    public String toString() {
        return number + " " + method + " " + uri + " -> " + status;
    }
}
