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
package io.cameldatabricks.component.source;

import io.cameldatabricks.component.connect.WarehouseAddress;

/** Whether two values mean the same: a host may be written with or without its scheme. */
final class Comparison {

    private Comparison() {}

    static boolean same(Key key, String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        if (!key.equals(Key.HOST)) {
            return false;
        }
        try {
            // without a scheme of its own it has that of the other
            String scheme = one.startsWith("http://") || other.startsWith("http://") ? "http://" : "https://";
            String first = one.contains("://") ? one : scheme + one;
            String second = other.contains("://") ? other : scheme + other;
            return WarehouseAddress.parse(first).equals(WarehouseAddress.parse(second));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
