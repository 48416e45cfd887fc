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
package io.cameldatabricks.testinfra.server.engine;

/**
 * A column of a result.
 *
 * @param name the column's name
 * @param typeText the full SQL type, such as {@code DECIMAL(18,2)} or {@code ARRAY<INT>}
 * @param typeName the type's bare name as the manifest has it, such as {@code DECIMAL}, {@code LONG}, {@code ARRAY}
 * @param precision precision of a DECIMAL, else 0
 * @param scale scale of a DECIMAL, else 0
 * @param intervalType the interval's unit range such as {@code DAY TO SECOND}, else null
 */
public record ResultColumn(
        String name, String typeText, String typeName, int precision, int scale, String intervalType) {}
