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
package io.cameldatabricks.component.deliver;

import java.io.Serial;

/**
 * No route has seen the handle, through no fault of it: the rows could not be read now, or the consumer is stopping. The
 * handle is given back and does not count as delivered.
 */
public final class NotDeliveredException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean worthWaiting;

    private NotDeliveredException(String message, boolean worthWaiting, Throwable cause) {
        super(message, cause);
        this.worthWaiting = worthWaiting;
    }

    /** Whatever was needed is out of reach at the moment: wait before the next one is tried. */
    public static NotDeliveredException outOfReach(String message, Throwable cause) {
        return new NotDeliveredException(message, true, cause);
    }

    /** Somebody else, or a later start, can deliver it at once. */
    public static NotDeliveredException stopping() {
        return new NotDeliveredException("The consumer is stopping", false, null);
    }

    /** The lease may have run out since the handle was claimed, so another node may be delivering it. */
    static NotDeliveredException heldUp() {
        return new NotDeliveredException(
                "This node did not renew its lease in time, so another one may deliver the handle", true, null);
    }

    boolean worthWaiting() {
        return worthWaiting;
    }
}
