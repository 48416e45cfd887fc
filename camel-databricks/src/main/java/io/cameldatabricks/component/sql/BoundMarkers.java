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
package io.cameldatabricks.component.sql;

import java.util.List;

/** Collects the parameters of one statement while its markers are written. */
interface BoundMarkers {

    /**
     * @param kind of the marker in the original text
     * @param name of the marker, the text of its expression, or {@code ?1}
     * @param index of the value in the list of the marker
     * @return what stands in the text for the value
     */
    String add(Marker.Kind kind, String name, int index, ValueBinding binding);

    /** What was added. */
    List<SqlParameter> parameters();
}
