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
package io.cameldatabricks.component;

import java.util.function.Supplier;

/**
 * What all readers of options share: how text is read and how a complaint is worded. Stateless.
 */
final class OptionText {

    private OptionText() {}

    /** What was meant by an empty option: that it is not given. */
    static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }

    /** @throws IllegalArgumentException when an entry of the map-like option has no value */
    static String required(String option, String name, Object value) {
        if (value == null || value.toString().isBlank()) {
            throw new IllegalArgumentException("The option " + option + "." + name + " is empty: give a value.");
        }
        return value.toString();
    }

    static <T> T explained(String what, Supplier<T> work) {
        return explained(what, ".", work);
    }

    /** Runs the work; what it complains about is said in one sentence that begins with {@code what} and ends with the remedy. */
    static <T> T explained(String what, String remedy, Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + ": " + e.getMessage() + remedy, e);
        }
    }
}
