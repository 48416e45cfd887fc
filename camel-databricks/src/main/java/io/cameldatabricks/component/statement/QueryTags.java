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

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Tags of a statement, shown in the query history. Immutable; the rules of the service are checked here: at most 20 tags,
 * keys and values of at most 128 characters, none of {@code , : - / = .} in a key. The service stores tags as plain text
 * and may copy them around the world, so they must hold no data.
 */
public final class QueryTags {

    /** Most tags that one statement may have. */
    public static final int MAX_TAGS = 20;

    /** Most characters of a key or a value. */
    public static final int MAX_LENGTH = 128;

    /** The tag that holds {@link StatementHandle#key()}, by which a submit without an answer is found again. */
    public static final String HANDLE_KEY = "camel_handle";

    private static final String NOT_IN_KEYS = ",:-/=.";
    private static final QueryTags NONE = new QueryTags(Map.of());

    private final Map<String, String> tags;

    private QueryTags(Map<String, String> tags) {
        this.tags = tags;
    }

    public static QueryTags none() {
        return NONE;
    }

    /**
     * @param tags key to value; a null value makes a tag of a key alone
     * @throws IllegalArgumentException naming the rule that is broken and the key, never a value
     */
    public static QueryTags of(Map<String, String> tags) {
        if (tags.size() > MAX_TAGS) {
            throw new IllegalArgumentException(
                    "A statement may have " + MAX_TAGS + " query tags, these are " + tags.size());
        }
        Map<String, String> copy = new LinkedHashMap<>();
        tags.forEach((key, value) -> {
            checkKey(key);
            checkValue(key, value);
            copy.put(key, value);
        });
        return copy.isEmpty() ? NONE : new QueryTags(Collections.unmodifiableMap(copy));
    }

    /** These tags and one more, which replaces one of the same key. */
    public QueryTags with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(tags);
        more.put(key, value);
        return of(more);
    }

    public Optional<String> value(String key) {
        return Optional.ofNullable(tags.get(key));
    }

    public boolean isEmpty() {
        return tags.isEmpty();
    }

    /** Key to value in their order, unmodifiable; values may be null. */
    public Map<String, String> asMap() {
        return tags;
    }

    private static void checkKey(String key) {
        if (key == null || key.isBlank() || !key.equals(key.strip())) {
            throw new IllegalArgumentException("A query tag needs a key without spaces around it");
        }
        if (key.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("A query tag's key has more than " + MAX_LENGTH + " characters");
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (NOT_IN_KEYS.indexOf(c) >= 0 || Character.isISOControl(c)) {
                throw new IllegalArgumentException("The key of a query tag may not contain any of , : - / = .");
            }
        }
    }

    private static void checkValue(String key, String value) {
        if (value == null) {
            return;
        }
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "The value of query tag " + key + " has more than " + MAX_LENGTH + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("The value of query tag " + key + " holds control characters");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QueryTags that && tags.equals(that.tags);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tags);
    }

    @Override
    public String toString() {
        return "QueryTags" + tags.keySet();
    }
}
