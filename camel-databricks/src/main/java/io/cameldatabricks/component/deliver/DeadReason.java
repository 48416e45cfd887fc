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

import io.cameldatabricks.component.error.DatabricksException;

/**
 * Why a handle was given up, in words that may be stored. Messages of foreign exceptions may quote rows, so only their
 * class and place are told.
 */
final class DeadReason {

    private DeadReason() {}

    /** So many deliveries failed. */
    static String failed(int deliveries, Throwable last) {
        return deliveries
                + (deliveries == 1 ? " delivery failed, with " : " deliveries failed, the last with ")
                + describe(last);
    }

    /** So many deliveries were never answered. */
    static String unanswered(int deliveries) {
        return deliveries + (deliveries == 1 ? " delivery was" : " deliveries were")
                + " begun and never ended: the process died, or its lease ran out";
    }

    private static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder(failure.getClass().getName());
        if (failure instanceof DatabricksException) {
            text.append(": ").append(failure.getMessage());
        } else {
            StackTraceElement[] trace = failure.getStackTrace();
            if (trace.length > 0) {
                text.append(" at ").append(trace[0]);
            }
            Throwable cause = failure.getCause();
            if (cause != null && cause != failure) {
                text.append(", caused by ").append(cause.getClass().getName());
            }
        }
        return text.toString();
    }
}
