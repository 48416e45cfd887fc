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
package io.cameldatabricks.testinfra.server.thrift;

import java.util.List;

import io.cameldatabricks.testinfra.server.engine.ResultColumn;

/** Turns the rows of a statement into those of a metadata call. */
interface RowShape {

    List<ResultColumn> columns();

    /**
     * @param row cells as text, null for NULL
     * @return the cells of {@link #columns()}, or null to leave the row out
     */
    List<String> shape(List<String> row);
}
