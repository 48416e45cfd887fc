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
package io.cameldatabricks.component.observe;

import org.apache.camel.Service;

/** Gives the console what it shows. A service of the Camel context, where the console looks for all there are. */
public interface ConsoleSource extends Service {

    /**
     * Takes a snapshot. Asks repositories of handles, so that it blocks as they do, and no warehouse.
     *
     * @param oldest how many of the oldest handles of each name and state are wanted
     */
    ConsoleSnapshot snapshot(int oldest);
}
