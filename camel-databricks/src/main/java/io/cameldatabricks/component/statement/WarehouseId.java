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
package io.cameldatabricks.component.statement;

import java.util.regex.Pattern;

/**
 * The id of a SQL warehouse. Immutable.
 *
 * @param value letters, digits, {@code _} and {@code -}
 */
public record WarehouseId(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public WarehouseId {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("This is not the id of a SQL warehouse");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
