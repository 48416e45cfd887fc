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

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The id that the server gave to a statement: one word over REST, {@code guid|secret} over Thrift. Opaque, immutable; it
 * prints itself without the secret.
 */
public final class StatementId {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+=-]{1,128}(\\|[A-Za-z0-9._~+=-]{1,128})?");

    private final String value;

    private StatementId(String value) {
        this.value = value;
    }

    /**
     * @param value as the server gave it
     * @throws IllegalArgumentException if it is null or can be no id; the message does not repeat it
     */
    public static StatementId of(String value) {
        // "." and ".." would change the path of a URL
        if (value == null || !FORM.matcher(value).matches() || value.startsWith(".")) {
            throw new IllegalArgumentException("This is not the id of a statement");
        }
        return new StatementId(value);
    }

    /** The whole id, with its secret if it has one; never log it. */
    public String reveal() {
        return value;
    }

    /** The part that the query history shows and that may be logged. */
    public String publicPart() {
        int bar = value.indexOf('|');
        return bar < 0 ? value : value.substring(0, bar);
    }

    /** Whether a part of the id must stay secret. */
    public boolean hasSecret() {
        return value.indexOf('|') >= 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatementId id && value.equals(id.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value);
    }

    @Override
    public String toString() {
        return hasSecret() ? publicPart() + "|xxxxxx" : value;
    }
}
