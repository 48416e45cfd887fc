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
package io.cameldatabricks.testinfra.fault;

/**
 * A fault that calls meet one by one. Without more words it meets every call of the kinds that its class names, until it
 * is switched off.
 *
 * @param <F> the fault itself
 */
public abstract sealed class CallFault<F extends CallFault<F>> extends Fault
        permits ClosedOnSuccess,
                ConnectionReset,
                ExpiringLinks,
                LostSubmitAnswer,
                PurgedStatement,
                RefusedCall,
                ServerError,
                SessionExpired,
                TooManyRequests,
                TruncatedResult {

    CallFault(CallKind... kinds) {
        set("kinds", names(kinds));
    }

    /** Meets calls of these kinds only. */
    final F kinds(CallKind... kinds) {
        if (kinds.length == 0) {
            throw new IllegalArgumentException("A fault needs at least one kind of call.");
        }
        set("kinds", names(kinds));
        return self();
    }

    /**
     * Meets only calls about statements with such a text: their submit, and what is asked about them by their id.
     *
     * @param regex matches the whole text, whatever its case; the dot matches line ends too
     */
    public final F onStatement(String regex) {
        set("statement", regex);
        return self();
    }

    /**
     * Meets only calls to the Files API about such paths.
     *
     * @param regex matches the whole path, such as {@code /Volumes/main/default/landing/.*}
     */
    public final F onPath(String regex) {
        set("path", regex);
        return self();
    }

    /** Meets so many calls, then no more. */
    public final F times(int calls) {
        set("times", positive(calls));
        return self();
    }

    /** Lets so many calls pass that it would meet, before the first one that it does meet. */
    public final F skip(int calls) {
        set("skip", positive(calls));
        return self();
    }

    static String positive(int number) {
        if (number <= 0) {
            throw new IllegalArgumentException("Must be more than zero: " + number);
        }
        return String.valueOf(number);
    }

    @SuppressWarnings("unchecked")
    private F self() {
        return (F) this;
    }
}
