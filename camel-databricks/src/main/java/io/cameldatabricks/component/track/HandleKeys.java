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
package io.cameldatabricks.component.track;

import java.time.Instant;
import java.util.UUID;

/**
 * Keys of handles: UUIDs of version 7 (RFC 9562), whose first bits are the time. Keys of the same moment are neighbours in
 * the indexes of a database, so that a commit of many handles writes few pages. Two keys are never equal, whatever the
 * clocks say: 74 bits are random.
 */
final class HandleKeys {

    private static final long VERSION = 0x7000;
    private static final long RANDOM_OF_FIRST_HALF = 0x0FFF;

    private HandleKeys() {}

    static String at(Instant time) {
        UUID random = UUID.randomUUID();
        long first = time.toEpochMilli() << 16 | VERSION | random.getMostSignificantBits() & RANDOM_OF_FIRST_HALF;
        return new UUID(first, random.getLeastSignificantBits()).toString();
    }
}
